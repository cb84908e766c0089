import { edgesFrom, type Component, type System } from '#harness/contract/system.ts'
import { paths } from '#harness/project/paths.ts'
import { startProcess, type RunningProcess } from '../process.ts'
import { useAll } from '../use-all.ts'
import { bindStore, type BoundStore } from './bound-store.ts'
import { liveCommand } from './live-command.ts'
import { startLiveProcess, type LiveProcess } from './live-process.ts'

/** A component that runs as a process of ours, with its stores. They stay when the process is stopped, killed, started. */
export type LiveComponent = AsyncDisposable &
  Readonly<{
    /** Where it answers. Asked anew: it may come back elsewhere. */
    url: () => string
    service: LiveProcess
    /** The environment that it was started with last, beside what it inherited. */
    environment: () => Readonly<Record<string, string>>
    stores: readonly BoundStore[]
  }>

export type LiveRequest = Readonly<{
  system: System
  name: string
  /** The port to listen on; a free one by default. */
  port?: number
  /** Where the components are that this one calls: goes into the variables of its edges. */
  peers?: (component: string) => string
  /** Further variables; they win over all others. */
  environment?: Readonly<Record<string, string>>
}>

/**
 * Starts a component's live service with stores of its own, and waits until it is ready.
 * @throws TypeError where it calls others and nobody says where they are.
 * @throws EnvironmentError where a store, the port or the process cannot be had; nothing is left running then.
 */
export async function startLiveComponent(request: LiveRequest): Promise<LiveComponent> {
  const { system, name } = request
  const component = system.components[name]
  if (!component) throw new TypeError(`${system.name} has no component "${name}".`)
  const addresses = peerAddresses(request)
  await using resources = new AsyncDisposableStack()
  const stores = await openStores(component, { prefix: name, resources })
  const environmentAt = (port: number): Readonly<Record<string, string>> =>
    environmentOf(component, { stores, port, extra: { ...addresses, ...request.environment } })
  const service = await startLiveProcess(
    (port) => launch(request, component, { port, environment: environmentAt(port) }),
    request.port,
  )
  resources.use(service)
  const owned = resources.move()
  return {
    url: () => urlOf(service.port()),
    service,
    environment: () => environmentAt(service.port()),
    stores,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`
}

type Place = Readonly<{ port: number; environment: Readonly<Record<string, string>> }>

function launch(
  { system, name }: LiveRequest,
  component: Component,
  { port, environment }: Place,
): Promise<RunningProcess> {
  const { readyPath } = component
  return startProcess({
    name: `${system.name}/${name}`,
    ...liveCommand(component, paths.provider(system.name, name)),
    env: environment,
    ready: readyPath === undefined ? { kind: 'port', port } : { kind: 'http', url: `${urlOf(port)}${readyPath}` },
  })
}

/** All together: each may take seconds to start. Where one fails, the others are closed with the resources. */
async function openStores(
  component: Component,
  { prefix, resources }: { prefix: string; resources: AsyncDisposableStack },
): Promise<readonly BoundStore[]> {
  const needs = Object.entries(component.stores ?? {})
  return useAll(
    resources,
    needs.map(async ([name, need]) => ({ ...(await bindStore(`${prefix}-${name}`, need)), name })),
  )
}

/** The addresses of those that a component calls, by its variable. Without them it would take what it inherits. */
function peerAddresses({ system, name, peers }: LiveRequest): Readonly<Record<string, string>> {
  const addresses = edgesFrom(system, name).flatMap(({ provider, variable }) => {
    if (variable === undefined) return []
    if (!peers)
      throw new TypeError(`${system.name}/${name} calls ${provider}, and nobody says where that is: give peers.`)
    return [[variable, peers(provider)] as const]
  })
  return Object.fromEntries(addresses)
}

type Given = Readonly<{ stores: readonly BoundStore[]; port: number; extra: Readonly<Record<string, string>> }>

function environmentOf(component: Component, { stores, port, extra }: Given): Readonly<Record<string, string>> {
  const addresses = stores.map(
    (store) => [component.stores?.[store.name]?.variable ?? store.name, store.address] as const,
  )
  return {
    ...component.defaults,
    ...(component.bindVariable !== undefined && { [component.bindVariable]: `127.0.0.1:${port}` }),
    ...Object.fromEntries(addresses),
    ...extra,
  }
}
