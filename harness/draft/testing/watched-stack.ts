import { control, type Controlled } from '#harness/control/controlled.ts'
import { readPactBook } from '#harness/control/explain/pact-book.ts'
import { hostControl } from '#harness/control/host.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { startStack } from '#harness/scenario/stack.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'

/** A system on mocks, with the control API that `concordat up` would serve. */
export type WatchedStack = AsyncDisposable &
  Readonly<{
    /** As `up` prints it. */
    address: string
    setUp: (component: string, state: string, params?: Record<string, unknown>) => Promise<Record<string, unknown>>
    /** Where a consumer calls a provider. */
    url: (consumer: string, provider: string) => string
    /** Waits until so many exchanges have ended. */
    seen: (count: number) => Promise<void>
  }>

/** Starts the mocks of a system, watched. */
export async function watchedStack(name: string): Promise<WatchedStack> {
  const system = await loadSystem(name)
  await using resources = new AsyncDisposableStack()
  let controlled: Controlled | undefined
  const onExchange: Controlled['note'] = (edge, exchange) => controlled?.note(edge, exchange)
  const stack = resources.use(await startStack(system, 'mock', { onExchange }))
  controlled = control(stack, { system, pacts: await readPactBook(system) })
  const { setState, journal } = controlled
  const host = resources.use(await hostControl(controlled))
  const owned = resources.move()
  return {
    address: host.pageUrl,
    setUp: async (component, state, params = {}) => ({ ...(await setState(component, state, params)) }),
    url: stack.url,
    seen: (count) => eventually(`${count} exchanges`, () => journal.entries().length >= count),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
