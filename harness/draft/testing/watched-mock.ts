import { edgesInto, type Edge } from '#harness/contract/system.ts'
import { explain } from '#harness/control/explain/explain.ts'
import { readPactBook } from '#harness/control/explain/pact-book.ts'
import { makeJournal } from '#harness/control/journal.ts'
import { showExchange } from '#harness/control/show/show-exchange.ts'
import type { StackView } from '#harness/control/types.ts'
import { listenMock } from '#harness/mock/listen.ts'
import { mockOptions } from '#harness/pact/replay/open-target.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'

/** One mock that does nothing by itself, with a tap for each of its consumers. */
export type WatchedMock = AsyncDisposable &
  Readonly<{
    url: (consumer: string) => string
    setUp: (state: string, params?: Record<string, unknown>) => Promise<Readonly<Record<string, unknown>>>
    /** What went over the taps, once it is so many exchanges: JSON lines as the control API would give each. */
    lines: (count: number) => Promise<string>
  }>

/** Starts the mock of a component on a port, watched. */
export async function watchedMock(systemName: string, provider: string): Promise<WatchedMock> {
  const system = await loadSystem(systemName)
  const known = { system, pacts: await readPactBook(system) }
  const contract = system.components[provider]?.contract
  const established: StackView['established'] = []
  const journal = makeJournal()
  const shown: string[] = []
  await using resources = new AsyncDisposableStack()
  const mock = resources.use(
    await listenMock(await loadMock(systemName, provider), await mockOptions(system, provider)),
  )
  const taps = new Map<string, string>()
  async function tap(edge: Edge): Promise<void> {
    const proxy = await startProxy({
      target: mock.url,
      onExchange(exchange) {
        const summary = journal.add(edge, exchange, { ...explain(known, edge, exchange), faults: [] })
        shown.push(JSON.stringify({ ...showExchange(summary, exchange, contract), established: [...established] }))
      },
    })
    taps.set(edge.consumer, resources.use(proxy).url)
  }
  for (const edge of edgesInto(system, provider)) await tap(edge)
  const owned = resources.move()
  return {
    url: (consumer) => taps.get(consumer) ?? '',
    async setUp(state, params = {}) {
      const provided = await mock.setUp(state, params)
      established.push({ component: provider, state, params, at: new Date().toISOString() })
      return provided
    },
    async lines(count) {
      await eventually(`${count} exchanges`, () => shown.length >= count)
      return `${shown.join('\n')}\n`
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
