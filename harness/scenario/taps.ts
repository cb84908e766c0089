import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { Exchange, ProxyOptions, RunningProxy } from '#harness/stack/proxy/types.ts'
import { useAll } from '#harness/stack/use-all.ts'
import { outerEdge, type Network, type TappedEdge } from './network.ts'
import type { Part } from './parts/part.ts'

export type TapOptions = Readonly<{
  /**
   * The ports at which callers from outside find the providers, by component; 0 for a free one. Edges whose consumer the
   * stack does not run begin there. Without, each edge has an address of its own.
   */
  doors?: Readonly<Record<string, number>>
  /** Whether the stack runs a component, so that it calls on its own edges. */
  isRun?: (component: string) => boolean
  onExchange?: (edge: Edge, exchange: Exchange) => void
  /** How many exchanges each tap keeps. Default 1000. */
  keep?: number
}>

/** Finds where a component answers: at a URL and, in this process, without one. */
export type FindProvider = (name: string) => Pick<Part, 'url' | 'local'> | undefined

type Tap = Readonly<{ edge: Edge; isDoor: boolean; proxy: RunningProxy }>

/**
 * A network of taps, at least one on every edge: it has its addresses before anybody runs, so that components of a ring can
 * be told of each other, and keeps them while a provider goes and comes back elsewhere.
 * @param find a provider as it answers now; undefined while it does not, and whoever calls it finds nobody
 */
export async function startTaps(system: System, find: FindProvider, options: TapOptions = {}): Promise<Network> {
  await using resources = new AsyncDisposableStack()
  const places = placesOf(system, options)
  const proxies = await useAll(
    resources,
    places.map((place) =>
      openTap(place, options, {
        target: () => found(place.edge.provider),
        local: () => find(place.edge.provider)?.local?.(),
      }),
    ),
  )
  const taps: readonly Tap[] = places.flatMap((place, index) => {
    const proxy = proxies[index]
    return proxy ? [{ ...place, proxy }] : []
  })
  const edges = edgesOf(taps)
  const faulty = new Set<string>()
  const owned = resources.move()
  function found(provider: string): string {
    const url = find(provider)?.url()
    if (url === undefined) throw new Error(`${system.name}/${provider} is down`)
    return url
  }
  function tapsOn(edge: Edge): readonly Tap[] {
    const on = taps.filter((tap) => edgeName(tap.edge) === edgeName(edge))
    if (on.length === 0) throw new TypeError(`${system.name} has no tap on ${edgeName(edge)}.`)
    return on
  }
  function door(provider: string): string | undefined {
    return taps.find(({ isDoor, edge }) => isDoor && edge.provider === provider)?.proxy.url
  }
  return {
    url(edge) {
      const own = taps.find((tap) => !tap.isDoor && edgeName(tap.edge) === edgeName(edge))
      const url = own?.proxy.url ?? door(edge.provider)
      if (url === undefined) throw new TypeError(`${system.name} has no tap on ${edgeName(edge)}.`)
      return url
    },
    door,
    edges: () => edges,
    exchanges: (edge) => tapsOn(edge).flatMap(({ proxy }) => proxy.exchanges()),
    fault(edge, hooks) {
      for (const { proxy } of tapsOn(edge)) proxy.hooks(hooks())
      faulty.add(edgeName(edge))
    },
    isFaulty: (edge) => faulty.has(edgeName(edge)),
    clear() {
      for (const { proxy } of taps.filter((tap) => faulty.has(edgeName(tap.edge)))) {
        proxy.hooks({})
        // Whoever was left hanging there must not wait any longer.
        proxy.breakConnections()
      }
      faulty.clear()
      for (const { proxy } of taps) proxy.clear()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

type TapPlace = Readonly<{ edge: Edge; isDoor: boolean; port: number }>

function placesOf(system: System, { doors, isRun = () => true }: TapOptions): readonly TapPlace[] {
  const inner = system.edges
    .filter(({ consumer }) => doors === undefined || isRun(consumer))
    .map((edge) => ({ edge, isDoor: false, port: 0 }))
  const outer = Object.entries(doors ?? {}).map(([provider, port]) => ({
    edge: outerEdge(system, provider, isRun),
    isDoor: true,
    port,
  }))
  return [...outer, ...inner]
}

function openTap(
  { edge, port }: TapPlace,
  options: TapOptions,
  provider: Pick<ProxyOptions, 'target' | 'local'>,
): Promise<RunningProxy> {
  const { onExchange, keep } = options
  return startProxy({
    ...provider,
    port,
    unreachable: 'reset',
    ...(keep !== undefined && { keep }),
    ...(onExchange && { onExchange: (exchange) => onExchange(edge, exchange) }),
  })
}

function edgesOf(taps: readonly Tap[]): readonly TappedEdge[] {
  const byName = Map.groupBy(taps, ({ edge }) => edgeName(edge))
  return [...byName.values()].flatMap((on) => {
    const edge = on[0]?.edge
    return edge ? [{ edge, urls: on.map(({ proxy }) => proxy.url) }] : []
  })
}
