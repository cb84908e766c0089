import type { ExchangeSummary } from '#harness/control/types.ts'
import { edgeName } from './edge-name.ts'
import { outcomeOf, type Outcome } from './outcome.ts'

/** How many requests went over an edge, by how they ended. */
export type Tally = Readonly<Record<Outcome, number>>

/** By the name of the edge. */
export type Tallies = ReadonlyMap<string, Tally>

export const nothing: Tally = { good: 0, refused: 0, failed: 0 }

/** The tallies with further exchanges counted. */
export function counted(tallies: Tallies, exchanges: readonly ExchangeSummary[]): Tallies {
  const next = new Map(tallies)
  for (const exchange of exchanges) {
    const name = edgeName(exchange)
    const tally = next.get(name) ?? nothing
    const outcome = outcomeOf(exchange)
    next.set(name, { ...tally, [outcome]: tally[outcome] + 1 })
  }
  return next
}

export function total({ good, refused, failed }: Tally): number {
  return good + refused + failed
}

/** The share of requests that were refused or failed, 0 to 1. */
export function errorShare(tally: Tally): number {
  const all = total(tally)
  return all === 0 ? 0 : (tally.refused + tally.failed) / all
}

/** A share in whole per cent; what is more than nothing is never told as 0 %. */
export function percent(share: number): string {
  return share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`
}
