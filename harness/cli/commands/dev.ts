import type { ArgsDef } from 'citty'
import { addressVariables, findApp, type App } from '#harness/browser/app.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { tableLines } from '#harness/report/table.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { freePort } from '#harness/stack/ports.ts'
import { valuesOf } from '../check-args.ts'
import { command, type Command } from '../command.ts'
import { firstStates } from '../dev/first-states.ts'
import { browserOrigin, hostedMocks } from '../dev/hosted-mocks.ts'
import { providerChoices, startProviders } from '../dev/providers.ts'
import { exitCodes } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { readState, type StateChoice } from '../up/choices.ts'
import { placesOf } from '../up/places.ts'
import { refuseTakenPort } from '../up/port-taken.ts'
import { neverEnds, type Running } from '../dev/running.ts'
import { checkStates } from '../up/states.ts'

const args = {
  system: { type: 'positional', required: true, description: 'The system whose pages to serve.' },
  on: {
    type: 'enum',
    options: ['msw', 'mock', 'live'],
    default: 'msw',
    description: 'What the pages call: mocks in the browser itself, mocks on ports, or the live services.',
  },
  ports: {
    type: 'enum',
    options: ['own', 'free'],
    default: 'own',
    description: "The ports that the system's components are known by, or free ones.",
  },
  still: { type: 'boolean', description: 'Leave the pages as they are when a file changes.' },
  state: {
    type: 'string',
    valueHint: 'name:{json}',
    description: 'Put the components that have this state into it. May be given again.',
  },
} as const satisfies ArgsDef

type On = 'msw' | 'mock' | 'live'

/** `concordat dev`: the pages of a system until Ctrl-C, over mocks or live services. */
export const dev: Command = command(args, async ({ system: name, on, ports, still = false }, rawArgs) => {
  const system = await loadSystem(name)
  const app = findApp(system)
  const states = [...(await firstStates(app)), ...valuesOf(rawArgs, args, 'state').map(readState)]
  checkStates(system, providerChoices(system, 'mock'), states)
  using interruption = listenForInterruption()
  await using resources = new AsyncDisposableStack()
  const starting = start({ app, on, ports, states, watch: !still, resources })
  const running = await Promise.race([starting, interruption.never])
  const begun = states.map(({ state, params }) => `begins with ${state} ${JSON.stringify(params)}`)
  process.stdout.write(`${[...tableOf(running), '', ...begun, 'Ctrl-C stops them.'].join('\n')}\n`)
  const ended = await Promise.race([interruption.asked, ...running.map((one) => one.ended)])
  if (ended !== undefined) throw new EnvironmentError(ended)
  return { exitCode: exitCodes.ok, findings: [], lines: [] }
})

type Start = Readonly<{
  app: App
  on: On
  ports: 'own' | 'free'
  states: readonly StateChoice[]
  watch: boolean
  resources: AsyncDisposableStack
}>

async function start({ app, on, ports, states, watch, resources }: Start): Promise<readonly Running[]> {
  const { system, component } = app
  const port = await portOf(app, ports)
  // Loaded where it is needed: it takes longer to load than all the rest.
  const { startDevServer } = await import('#harness/browser/vite/dev-server.ts')
  const kind = 'pages'
  if (on === 'msw') {
    const mocks = await hostedMocks(system, states)
    const variables = addressVariables(app, (provider) => browserOrigin(system, provider))
    const server = resources.use(await startDevServer(app, { port, variables, mocks, watch }))
    const rows = mocks.map((mock) => inBrowser(mock.component, mock.origin))
    return [...rows, { ...neverEnding(component), kind, url: server.url }]
  }
  const places = await placesOf(system, providerChoices(system, on), ports)
  const origin = `http://localhost:${port}`
  const providers = await startProviders(system, on, { places, origin, states, resources })
  // Pages and providers have one host name between them: cookies go with pages of the same site only.
  const variables = addressVariables(app, (provider) => `http://localhost:${places.port(provider)}`)
  const server = resources.use(await startDevServer(app, { port, variables, watch }))
  return [...providers, { ...neverEnding(component), kind, url: server.url }]
}

async function portOf({ system, component }: App, ports: 'own' | 'free'): Promise<number> {
  const own = system.components[component]?.port
  if (ports === 'free' || own === undefined) return freePort()
  await refuseTakenPort(`${system.name}/${component}`, own)
  return own
}

function inBrowser(component: string, origin: string): Running {
  return { ...neverEnding(component), kind: 'mock in the browser', url: origin }
}

/** What ends with the command, and holds nothing of its own. */
function neverEnding(component: string): Omit<Running, 'kind' | 'url'> {
  return { component, stores: [], ended: neverEnds, [Symbol.asyncDispose]: () => Promise.resolve() }
}

function tableOf(running: readonly Running[]): readonly string[] {
  const rows = running.map(({ component, kind, url, stores }) => [component, kind, url, stores.join(' · ')])
  return tableLines([['component', 'kind', 'url', 'stores'], ...rows])
}
