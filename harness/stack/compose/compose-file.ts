import { stringify } from 'yaml'
import { edgesFrom, type Component, type StoreNeed, type System } from '#harness/contract/system.ts'
import { databaseService, nodeCheck, serverAddress, storePorts, type Service } from './store-services.ts'

/** A Compose file as data (Compose Specification, https://github.com/compose-spec/compose-spec). */
export type ComposeFile = Readonly<{
  name: string
  services: Readonly<Record<string, Service>>
  volumes: Readonly<Record<string, null>>
}>

/** A named store of a component, and what it is called among the services and volumes of the whole system. */
type Need = Readonly<{ name: string; need: StoreNeed; service: string }>

/**
 * The Compose file of a system's live services: a service for each component that others call, built from its Dockerfile,
 * and one for each of its stores. Components find each other by the addresses that the system says they need; each waits
 * for its own stores. What a developer's machine is given by default can be set from outside under the same name.
 */
export function composeFile(system: System): ComposeFile {
  const components = Object.entries(system.components).filter(([, { contract }]) => contract !== undefined)
  const services = components.flatMap(([name, component]) => [
    ...storesOf(name, component).flatMap((store) => storeService(store)),
    [name, componentService(system, name, component)] as const,
  ])
  const volumes = components.flatMap(([name, component]) =>
    storesOf(name, component).flatMap(({ need, service }) =>
      need.kind === 'directory' ? [[service, null] as const] : [],
    ),
  )
  return { name: system.name, services: Object.fromEntries(services), volumes: Object.fromEntries(volumes) }
}

/** The text of a system's Compose file. */
export function composeYaml(system: System): string {
  return stringify(composeFile(system), { lineWidth: 0, nullStr: '' })
}

/** The variable that says at which port of the machine a component is to be found: `NODE_WORKER_PORT`. */
export function portVariable(component: string): string {
  return `${constantCase(component)}_PORT`
}

/** The variable that puts a directory of the machine in the place of a volume: `NODE_WORKER_TASKS`. */
export function directoryVariable(component: string, store: string): string {
  return constantCase(`${component}-${store}`)
}

function storesOf(component: string, { stores = {} }: Component): readonly Need[] {
  return Object.entries(stores).map(([name, need]) => ({ name, need, service: serviceOf(component, name) }))
}

/** The service, or volume, of a component's store. */
export function serviceOf(component: string, store: string): string {
  return `${component}-${store}`
}

function storeService({ need, service }: Need): readonly (readonly [string, Service])[] {
  return need.kind === 'directory' ? [] : [[service, databaseService(need.kind)]]
}

function componentService(system: System, name: string, component: Component): Service {
  const stores = storesOf(name, component)
  const services = stores.filter(({ need }) => need.kind !== 'directory')
  const directories = stores.filter(({ need }) => need.kind === 'directory')
  const { port = 0, bindVariable, defaults = {} } = component
  return {
    ...imageOf(system, name, component),
    environment: {
      ...Object.fromEntries(Object.entries(defaults).map(([variable, value]) => [variable, orElse(variable, value)])),
      ...(bindVariable !== undefined && { [bindVariable]: `0.0.0.0:${port}` }),
      ...Object.fromEntries(stores.map((store) => [store.need.variable, addressOf(store)])),
      ...peerAddresses(system, name),
    },
    ports: [`127.0.0.1:${orElse(portVariable(name), String(port))}:${port}`],
    ...(services.length > 0 && {
      depends_on: Object.fromEntries(
        services.map(({ service }) => [service, { condition: 'service_healthy' as const }]),
      ),
    }),
    ...(directories.length > 0 && {
      volumes: directories.map(
        (store) => `${orElse(directoryVariable(name, store.name), store.service)}:${addressOf(store)}`,
      ),
    }),
    restart: 'unless-stopped',
  }
}

/** What a component's variables say of those that it calls, in their own network. */
export function peerAddresses(system: System, consumer: string): Readonly<Record<string, string>> {
  const named = edgesFrom(system, consumer).flatMap(({ provider, variable }) =>
    variable === undefined ? [] : [[variable, `http://${provider}:${system.components[provider]?.port}`] as const],
  )
  return Object.fromEntries(named)
}

/** What Node runs is built by one Dockerfile for all; what has a command of its own has a Dockerfile of its own. */
function imageOf(system: System, name: string, component: Component): Pick<Service, 'build' | 'healthcheck'> {
  const context = '../..'
  if (component.command) return { build: { context, dockerfile: `providers/${system.name}/${name}/Dockerfile` } }
  const directories = storesOf(name, component).filter(({ need }) => need.kind === 'directory')
  return {
    build: {
      context,
      dockerfile: 'harness/stack/compose/node.Dockerfile',
      args: {
        PACKAGES: orElse('PACKAGES', 'registry'),
        SYSTEM: system.name,
        COMPONENT: name,
        DIRECTORIES: directories.map((store) => store.name).join(' '),
      },
    },
    healthcheck: nodeCheck(component),
  }
}

function addressOf({ name, need, service }: Need): string {
  return need.kind === 'directory' ? `/data/${name}` : serverAddress(need.kind, service, storePorts[need.kind])
}

/** Compose's own interpolation: the variable where it is set, else this value. */
function orElse(variable: string, value: string): string {
  return `\${${variable}:-${value.replaceAll('$', '$$$$')}}`
}

function constantCase(name: string): string {
  return name.replaceAll('-', '_').toUpperCase()
}
