import type { Finding } from '#harness/contract/finding.ts'
import type { Mock, MockOptions, StartedMock } from '#harness/mock/mock.ts'
import { changedStates } from './changed-states.ts'
import { makeHistory, type Deed } from './history.ts'
import { beginLife, connect, endLife, look, type Life } from './life.ts'
import { remembering } from './remembering.ts'
import { repeatDeeds, type Repeated } from './repeat-deeds.ts'

/** What became of what a mock knew when its code was replaced. */
export type Replaced =
  | (Readonly<{ kind: 'kept'; dropped: number }> & Repeated)
  /** These states were set up, and their schemas are others now: it knows nothing any more. */
  | Readonly<{ kind: 'emptied'; states: readonly string[] }>

/** A running mock whose code can be replaced. */
export type HotMock = StartedMock & Readonly<{ replace: (next: Mock, options: MockOptions) => Promise<Replaced> }>

/** How often what happened meanwhile is done again before the new code takes over. */
const mostRounds = 5

/**
 * Starts a mock whose code can be replaced while it runs. It remembers what it was made to know: the states that were set
 * up, and the requests that may have changed something and were answered well. That is done again over the new code, with
 * the same ids, at the same times; meanwhile the old code answers. See docs/decisions/012-hot-reload.md.
 */
export function startHotMock(first: Mock, options: MockOptions): HotMock {
  const history = makeHistory()
  let life = beginLife(first, options)
  const remember = remembering(history, (deed: Deed, doer: Life) => {
    history.add(deed)
    // The old code took it, and the new one has to know of it.
    if (doer !== life) void repeatDeeds(life.mock, [deed])
  })
  function answer(request: Request): Promise<Response> {
    const { busy } = life
    const answering = isSafe(request) ? look(life, request) : remember.fetch(life, request)
    busy.add(answering)
    return answering.finally(() => void busy.delete(answering))
  }
  /** What happens while deeds are done again is done again too. */
  async function catchUp({ mock }: Life, from: number): Promise<Repeated> {
    let sum: Repeated = { states: 0, requests: 0, refused: [] }
    let done = from
    for (let round = 0; round < mostRounds && history.added() > done; round++) {
      const deeds = history.since(done)
      done = history.added()
      sum = plus(sum, await repeatDeeds(mock, deeds))
    }
    return sum
  }
  async function replace(next: Mock, given: MockOptions): Promise<Replaced> {
    const old = life
    const changed = changedStates(old.contract, next.contract, history.since(0))
    const gate = Promise.withResolvers<void>()
    // What is refused while deeds are done again is told in another way.
    const onFinding = (finding: Finding): void => void (life !== old && given.onFinding?.(finding))
    const fresh = beginLife(next, { ...given, onFinding, backgroundAfter: gate.promise })
    try {
      if (changed.length > 0) history.clear()
      const repeated = await catchUp(fresh, changed.length > 0 ? history.added() : 0)
      life = fresh
      await endLife(old)
      if (changed.length > 0) return { kind: 'emptied', states: changed }
      return { kind: 'kept', dropped: history.dropped(), ...repeated }
    } finally {
      gate.resolve()
    }
  }
  return {
    service: { contract: first.contract, fetch: answer, upgrade: (request) => connect(life, request) },
    seed: life.mock.seed,
    unhandled: life.mock.unhandled,
    setUp: (...given) => remember.setUp(life, ...given),
    reset() {
      history.clear()
      return life.mock.reset()
    },
    quiet() {
      history.clear()
      return life.mock.quiet()
    },
    replace,
    [Symbol.dispose]: () => life.mock[Symbol.dispose](),
    [Symbol.asyncDispose]: () => life.mock[Symbol.asyncDispose](),
  }
}

function plus(one: Repeated, other: Repeated): Repeated {
  return {
    states: one.states + other.states,
    requests: one.requests + other.requests,
    refused: [...one.refused, ...other.refused],
  }
}

/** RFC 9110 §9.2.1. */
function isSafe({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
}
