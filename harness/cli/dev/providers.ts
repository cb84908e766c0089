import { describeFinding } from '#harness/contract/finding.ts'
import { servedComponents, type System } from '#harness/contract/system.ts'
import { listenMock } from '#harness/mock/listen.ts'
import { mockOptions } from '#harness/pact/replay/open-target.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { startInOrder } from '#harness/stack/start-in-order.ts'
import type { Choice, StateChoice } from '../up/choices.ts'
import type { Places } from '../up/places.ts'
import { refuseTakenPort } from '../up/port-taken.ts'
import { neverEnds, type Running } from './running.ts'
import { statesOf } from '../up/states.ts'

export type ProviderOptions = Readonly<{
  places: Places
  /** The origin of the pages that call. */
  origin: string
  states: readonly StateChoice[]
}>

/** How all components of a system run that others may call. */
export function providerChoices(system: System, kind: 'mock' | 'live'): readonly Choice[] {
  return servedComponents(system).map((component) => ({ component, kind }))
}

/**
 * Starts the components that pages call, and those that these call.
 * @throws EnvironmentError where one cannot be had; those that run are closed with the resources.
 */
export async function startProviders(
  system: System,
  kind: 'mock' | 'live',
  { resources, ...options }: ProviderOptions & Readonly<{ resources: AsyncDisposableStack }>,
): Promise<readonly Running[]> {
  const running: Running[] = []
  await startInOrder(system, servedComponents(system), async (component) => {
    await refuseTakenPort(`${system.name}/${component}`, options.places.port(component))
    const started = await (kind === 'live' ? startLive : startMock)(system, component, options)
    running.push(resources.use(started))
  })
  return running
}

async function startMock(
  system: System,
  component: string,
  { places, origin, states }: ProviderOptions,
): Promise<Running> {
  await using resources = new AsyncDisposableStack()
  const listening = await listenMock(await loadMock(system.name, component), {
    ...(await mockOptions(system, component)),
    allowedOrigins: [origin],
    peers: places.url,
    port: places.port(component),
    onFinding: (finding) => void process.stderr.write(`${describeFinding(finding)}\n`),
  })
  resources.use(listening)
  for (const { state, params } of statesOf(system, component, states)) await listening.setUp(state, params)
  const owned = resources.move()
  return {
    component,
    kind: `mock (seed ${listening.seed})`,
    url: listening.url,
    stores: [],
    ended: neverEnds,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function startLive(system: System, name: string, { places, origin, states }: ProviderOptions): Promise<Running> {
  // Loaded where it is needed: stores and containers take longer to load than a mock takes to start.
  const { liveTarget } = await import('#harness/pact/replay/live-target.ts')
  const variable = system.components[name]?.originsVariable
  await using resources = new AsyncDisposableStack()
  const target = resources.use(
    await liveTarget(system, name, {
      port: places.port(name),
      peers: places.url,
      ...(variable !== undefined && { environment: { [variable]: origin } }),
    }),
  )
  for (const { state, params } of statesOf(system, name, states)) await target.setUp(state, params)
  const { service, stores, url } = target.component
  const running = service.current()
  const owned = resources.move()
  return {
    component: name,
    kind: `live (pid ${running.pid})`,
    url: url(),
    stores: stores.map((store) => `${store.name}: ${store.description}`),
    ended: running.exited.then(() => `${system.name}/${name} ended by itself:\n${running.log(20).join('\n')}`),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
