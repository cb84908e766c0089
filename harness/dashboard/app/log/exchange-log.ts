import type { ExchangeSummary } from '#harness/control/types.ts'
import { kept } from './kept.ts'
import { counted, type Tallies } from './tally.ts'

/** What went over the edges, oldest first. The tallies count what is no longer kept too. */
export type ExchangeLog = Readonly<{
  exchanges: readonly ExchangeSummary[]
  tallies: Tallies
  /** The id of the first exchange that was counted. */
  firstId: number | undefined
}>

/** What the stack keeps, oldest first, and how many it dropped since it was cleared. */
export type Listed = Readonly<{ exchanges: readonly ExchangeSummary[]; dropped: number }>

export const emptyLog: ExchangeLog = { exchanges: [], tallies: new Map(), firstId: undefined }

/** The log with further exchanges; those that it has are passed over. */
export function added(log: ExchangeLog, arrived: readonly ExchangeSummary[]): ExchangeLog {
  const known = new Set(log.exchanges.map(({ id }) => id))
  const fresh = arrived.filter(({ id }) => !known.has(id) && known.add(id))
  if (fresh.length === 0) return log
  const exchanges = [...log.exchanges, ...fresh].toSorted((a, b) => a.id - b.id)
  return {
    exchanges: kept(exchanges),
    tallies: counted(log.tallies, fresh),
    firstId: log.firstId ?? exchanges[0]?.id,
  }
}

/**
 * Whether a list goes on where a log is: it has an exchange that the log has too, told at the same time. A stack that was
 * started anew begins to count anew.
 */
export function goesOn(log: ExchangeLog, { exchanges }: Listed): boolean {
  const times = new Map(log.exchanges.map(({ id, at }) => [id, at]))
  return exchanges.some(({ id, at }) => times.get(id) === at)
}

/**
 * The log after the stack listed what it keeps. Where nothing was dropped and what was seen first is not there, the
 * exchanges were cleared: all begins anew with the list. What the log dropped itself is not counted twice.
 */
export function listed(log: ExchangeLog, { exchanges, dropped }: Listed): ExchangeLog {
  const oldest = exchanges[0]?.id
  const lacksFirst = oldest === undefined || (log.firstId !== undefined && oldest > log.firstId)
  if (dropped === 0 && lacksFirst) return added(emptyLog, exchanges)
  const newest = log.exchanges.at(-1)?.id ?? 0
  return added(
    log,
    exchanges.filter(({ id }) => id > newest),
  )
}
