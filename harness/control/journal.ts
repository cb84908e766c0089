import { edgeName, type Edge } from '#harness/contract/system.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import type { Explained } from './explain/explain.ts'
import { pathOf } from './explain/facts.ts'
import type { ExchangeSummary } from './types.ts'

/** An exchange that was kept. */
export type Entry = Readonly<{ edge: Edge; summary: ExchangeSummary; exchange: Exchange }>

/** The last exchanges of all edges. */
export type Journal = Readonly<{
  add: (
    edge: Edge,
    exchange: Exchange,
    explained: Explained & Readonly<{ faults: readonly string[] }>,
  ) => ExchangeSummary
  /** All that are kept, oldest first. */
  entries: () => readonly Entry[]
  find: (id: number) => Entry | undefined
  /** How many were dropped since it was cleared. */
  dropped: () => number
  clear: () => void
}>

export type JournalLimits = Readonly<{ exchanges?: number; bytes?: number }>

const mostExchanges = 1000
const mostBytes = 64 * 1024 * 1024

/**
 * Makes an empty journal. Beyond its limits it drops the oldest of what it has most of, by edge, operation and status: who
 * asks again and again does not push out what happens once.
 */
export function makeJournal(limits: JournalLimits = {}): Journal {
  const { exchanges: most = mostExchanges, bytes: mostSize = mostBytes } = limits
  const entries = new Map<number, Entry>()
  const groups = new Map<string, Set<Entry>>()
  let lastId = 0
  let dropped = 0
  let size = 0

  function groupOf(name: string): Set<Entry> {
    const known = groups.get(name)
    if (known) return known
    const group = new Set<Entry>()
    groups.set(name, group)
    return group
  }
  function drop(): void {
    const { name, group } = largestOf(groups)
    const [oldest] = group
    if (!oldest) return
    group.delete(oldest)
    if (group.size === 0) groups.delete(name)
    entries.delete(oldest.summary.id)
    size -= sizeOf(oldest.exchange)
    dropped++
  }
  return {
    add(edge, exchange, { operation, match, faults }) {
      const summary: ExchangeSummary = {
        id: ++lastId,
        at: isoTime(exchange.at),
        consumer: edge.consumer,
        provider: edge.provider,
        ...(operation !== undefined && { operation }),
        method: exchange.request.method,
        path: pathOf(exchange.request.path),
        ...(exchange.reply && { status: exchange.reply.status }),
        milliseconds: Math.round(exchange.durationMs * 10) / 10,
        outcome: exchange.outcome,
        faults: [...faults],
        match,
      }
      const entry = { edge, summary, exchange }
      const group = `${edgeName(edge)} ${operation ?? summary.path} ${summary.status ?? summary.outcome}`
      entries.set(summary.id, entry)
      groupOf(group).add(entry)
      size += sizeOf(exchange)
      while (entries.size > most || (size > mostSize && entries.size > 1)) drop()
      return summary
    },
    entries: () => [...entries.values()],
    find: (id) => entries.get(id),
    dropped: () => dropped,
    clear() {
      entries.clear()
      groups.clear()
      dropped = 0
      size = 0
    },
  }
}

function largestOf(groups: ReadonlyMap<string, Set<Entry>>): { name: string; group: Set<Entry> } {
  let largest = { name: '', group: new Set<Entry>() }
  for (const [name, group] of groups) if (group.size > largest.group.size) largest = { name, group }
  return largest
}

let lastTime = { at: NaN, text: '' }

/** Many exchanges fall into one millisecond. */
function isoTime(at: number): string {
  if (lastTime.at !== at) lastTime = { at, text: new Date(at).toISOString() }
  return lastTime.text
}

/** Bytes that an exchange holds, about. */
function sizeOf(exchange: Exchange): number {
  if (exchange.held !== undefined) return exchange.held + 1024
  const { request, reply, events = [], frames = [] } = exchange
  const said = [...events, ...frames].reduce((sum, { data }) => sum + data.length, 0)
  return request.body.length + (reply?.body?.length ?? 0) + said + 1024
}
