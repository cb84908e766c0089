import type { ExchangeSummary } from '#harness/control/types.ts'
import { changed, firstState, type FeedChange, type FeedState } from './feed-state.ts'
import { follow, type Follower } from './follow.ts'

/** What the page knows of the stack, for as long as it is shown. */
export type Feed = Readonly<{
  state: () => FeedState
  /** Calls back after each change; what it gives ends that. */
  subscribe: (listener: () => void) => () => void
  /** Calls back with what arrives, in lots; what it gives ends that. */
  onArrival: (listener: (exchanges: readonly ExchangeSummary[]) => void) => () => void
  /** Follows the stack with this token from now on. */
  start: (token: string | undefined) => void
  /** Lets go of the stack while nobody looks, and takes it up again. */
  rest: (isResting: boolean) => void
  putAway: (notice: number) => void
}>

/** Exchanges are shown in lots, so many milliseconds apart: thousands a second must not draw the page as often. */
const lotMs = 100

export function createFeed(baseUrl: string): Feed {
  let state = firstState
  let lastNotice = 0
  let waiting: ExchangeSummary[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let current = new AbortController()
  let wanted: string | undefined
  let isResting = false
  const listeners = new Set<() => void>()
  const arrivals = new Set<(exchanges: readonly ExchangeSummary[]) => void>()

  function apply(change: FeedChange): void {
    state = changed(state, change)
    for (const listener of listeners) listener()
  }
  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const exchanges = waiting
    waiting = []
    if (exchanges.length === 0) return
    apply({ kind: 'arrived', exchanges })
    for (const listener of arrivals) listener(exchanges)
  }
  const follower: Follower = {
    phase: (phase) => apply({ kind: 'phase', phase }),
    read({ first, ...read }) {
      // What arrived before is in the list too, or was cleared.
      flush()
      apply({ kind: first ? 'opened' : 'read', ...read })
    },
    exchange(exchange) {
      waiting.push(exchange)
      timer ??= setTimeout(flush, lotMs)
    },
    notice: (notice) => apply({ kind: 'noticed', notice: { ...notice, number: ++lastNotice } }),
  }
  function begin(): void {
    current.abort()
    current = new AbortController()
    if (wanted === undefined) return follower.phase({ kind: 'refused', had: 'no token' })
    if (isResting) return follower.phase({ kind: 'resting' })
    follower.phase({ kind: 'connecting' })
    void follow({ baseUrl, token: wanted, follower, signal: current.signal })
  }
  return {
    state: () => state,
    subscribe: (listener) => subscribed(listeners, listener),
    onArrival: (listener) => subscribed(arrivals, listener),
    start(token) {
      wanted = token
      begin()
    },
    rest(next) {
      if (next === isResting) return
      isResting = next
      if (state.phase.kind !== 'refused') begin()
    },
    putAway: (number) => apply({ kind: 'put away', number }),
  }
}

function subscribed<T>(set: Set<T>, listener: T): () => void {
  set.add(listener)
  return () => void set.delete(listener)
}
