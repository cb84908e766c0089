import type { Edge, System } from '#harness/contract/system.ts'
import type { EdgeFault } from '#harness/scenario/edge-faults.ts'
import type { Swap } from '#harness/scenario/stack-parts.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import { makeCoverage, type Coverage } from './coverage.ts'
import { explain, type Known } from './explain/explain.ts'
import { headerOf } from './explain/facts.ts'
import { makeFeed, type Feed } from './feed.ts'
import { makeJournal, type Journal, type JournalLimits } from './journal.ts'
import type { EdgeCoverage, Notice, StackView } from './types.ts'
import { viewOf } from './view.ts'

/** A running stack, and what is known of its traffic: what the control API and the command line are about. */
export type Controlled = Readonly<{
  system: () => System
  /** Takes contracts and pacts as they are now. */
  learn: (known: Known) => void
  /** Takes an exchange down. To be called with each that a tap reports. */
  note: (edge: Edge, exchange: Exchange) => void
  /** Tells those who watch. */
  notice: (notice: Omit<Notice, 'at'>) => void
  view: () => StackView
  coverage: () => readonly EdgeCoverage[]
  journal: Pick<Journal, 'find' | 'entries' | 'dropped'>
  clearExchanges: () => void
  setState: Stack['setUp']
  reset: () => Promise<void>
  setFaults: (edge: Edge, faults: readonly EdgeFault[]) => void
  swap: (component: string, to: Swap) => Promise<void>
  feed: Pick<Feed, 'watch' | 'listen'>
  stack: Stack
}>

/** Takes control of a stack. Its exchanges are to be given to `note`. */
export function control(stack: Stack, first: Known, limits: JournalLimits = {}): Controlled {
  const journal = makeJournal(limits)
  const coverage = makeCoverage()
  const feed = makeFeed()
  const now = { known: first }
  function note(edge: Edge, exchange: Exchange): void {
    const explained = explain(now.known, edge, exchange)
    coverage.add(edge, explained, isPreflight(exchange))
    const faults = stack
      .faults(edge.consumer, edge.provider)
      .filter(({ operation }) => operation === undefined || operation === explained.operation)
      .map(({ fault }) => fault.kind)
    const summary = journal.add(edge, exchange, { ...explained, faults })
    feed.tell({ event: 'exchange', data: summary, id: String(summary.id) })
  }
  return controlled({ stack, journal, coverage, feed, note, now })
}

function isPreflight({ request }: Exchange): boolean {
  return request.method === 'OPTIONS' && headerOf(request.headers, 'access-control-request-method') !== undefined
}

type Means = Readonly<{
  stack: Stack
  journal: Journal
  coverage: Coverage
  feed: Feed
  note: Controlled['note']
  now: { known: Known }
}>

function controlled({ stack, journal, coverage, feed, note, now }: Means): Controlled {
  const established: StackView['established'] = []
  function changed(): void {
    feed.tell({ event: 'changed', data: {} })
  }
  return {
    stack,
    note,
    journal,
    feed,
    system: () => now.known.system,
    learn(known) {
      now.known = known
      changed()
    },
    notice: (notice) => feed.tell({ event: 'notice', data: { at: new Date().toISOString(), ...notice } }),
    view: () => viewOf(now.known, stack, established),
    coverage: () =>
      coverage.edges(
        now.known,
        stack.edges().map(({ edge }) => edge),
      ),
    clearExchanges() {
      journal.clear()
      coverage.clear()
      changed()
    },
    // oxlint-disable-next-line eslint/max-params -- as of the stack
    async setState(component, state, params, { session } = {}) {
      const provided = await stack.setUp(component, state, params, { session })
      const at = new Date().toISOString()
      established.push({ component, state, params: { ...params }, at, ...(session !== undefined && { session }) })
      established.splice(0, established.length - mostEstablished)
      changed()
      return provided
    },
    async reset() {
      established.length = 0
      await stack.reset()
      changed()
    },
    setFaults(edge, faults) {
      stack.fault(edge.consumer, edge.provider, faults)
      changed()
    },
    async swap(component, to) {
      await stack.component(component).swap(to)
      // What was set up there is gone with who knew it.
      established.splice(0, established.length, ...established.filter((state) => state.component !== component))
      changed()
    },
  }
}

/** Of states that were set up, the last ones are shown. */
const mostEstablished = 200
