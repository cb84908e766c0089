import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { RunningProxy } from '#harness/stack/proxy/types.ts'
import { useAll } from '#harness/stack/use-all.ts'
import type { Network } from './network.ts'

/**
 * A network of taps, one on every edge: it has its addresses before anybody runs, so that components of a ring can be told
 * of each other, and keeps them while a provider goes and comes back elsewhere.
 * @param whereIs where a provider answers now; undefined while it does not, and whoever calls it finds nobody
 */
export async function startTaps(system: System, whereIs: (provider: string) => string | undefined): Promise<Network> {
  await using resources = new AsyncDisposableStack()
  const proxies = await useAll(
    resources,
    system.edges.map(({ provider }) => startProxy({ target: () => found(provider), unreachable: 'reset' })),
  )
  const taps = new Map(system.edges.map((edge, index) => [edgeName(edge), proxies[index]]))
  const faulty = new Set<string>()
  const owned = resources.move()
  function found(provider: string): string {
    const url = whereIs(provider)
    if (url === undefined) throw new Error(`${system.name}/${provider} is down`)
    return url
  }
  function tapOn(edge: Edge): RunningProxy {
    const tap = taps.get(edgeName(edge))
    if (!tap) throw new TypeError(`${system.name} has no tap on ${edgeName(edge)}.`)
    return tap
  }
  return {
    url: (edge) => tapOn(edge).url,
    exchanges: (edge) => tapOn(edge).exchanges(),
    fault(edge, hooks) {
      tapOn(edge).hooks(hooks)
      faulty.add(edgeName(edge))
    },
    isFaulty: (edge) => faulty.has(edgeName(edge)),
    clear() {
      for (const edge of system.edges.filter((each) => faulty.has(edgeName(each)))) {
        tapOn(edge).hooks({})
        // Whoever was left hanging there must not wait any longer.
        tapOn(edge).breakConnections()
      }
      faulty.clear()
      for (const proxy of proxies) proxy.clear()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
