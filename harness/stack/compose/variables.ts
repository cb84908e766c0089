/** The variable that says at which port of the machine a component is to be found: `NODE_WORKER_PORT`. */
export function portVariable(component: string): string {
  return `${constantCase(component)}_PORT`
}

/** The variable that says at which port of the machine the states of a component's mock are set up: `BACKEND_STATES_PORT`. */
export function statesPortVariable(component: string): string {
  return `${constantCase(component)}_STATES_PORT`
}

/** The variable that puts a directory of the machine in the place of a volume: `NODE_WORKER_TASKS`. */
export function directoryVariable(component: string, store: string): string {
  return constantCase(`${component}-${store}`)
}

/** The variable that puts another folder of nginx configuration in the place of the generated one: `PROXY_CONFIG`. */
export function configVariable(component: string): string {
  return `${constantCase(component)}_CONFIG`
}

/** The variable that says in which folder the pages of a component are: `FRONTEND_PAGES`. */
export function pagesVariable(component: string): string {
  return `${constantCase(component)}_PAGES`
}

/** Compose's own interpolation: the variable where it is set, else this value. */
export function orElse(variable: string, value: string): string {
  return `\${${variable}:-${value.replaceAll('$', '$$$$')}}`
}

function constantCase(name: string): string {
  return name.replaceAll('-', '_').toUpperCase()
}
