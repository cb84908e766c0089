import type { ExchangeSummary } from '#harness/control/types.ts'
import { edgeName } from './edge-name.ts'

/** An exchange, and the ids of older ones like it that stand for nothing new. */
export type Folded = Readonly<{ exchange: ExchangeSummary; repeats: readonly number[] }>

/** So many rows back a repeat is folded into the newer one: as many pollers may take turns. */
const reach = 12

/** Folds what is asked again and again, with the same end, into its newest. The exchanges are newest first. */
export function folded(exchanges: readonly ExchangeSummary[]): readonly Folded[] {
  const rows: { exchange: ExchangeSummary; name: string; repeats: number[] }[] = []
  for (const exchange of exchanges) {
    const name = repeatName(exchange)
    const newer = rows.slice(-reach).find((row) => row.name === name)
    if (newer) newer.repeats.push(exchange.id)
    else rows.push({ exchange, name, repeats: [] })
  }
  return rows
}

/** Each exchange for itself. */
export function unfolded(exchanges: readonly ExchangeSummary[]): readonly Folded[] {
  return exchanges.map((exchange) => ({ exchange, repeats: [] }))
}

/** The row that an exchange is in, folded or not; -1 where it is in none. */
export function rowOf(rows: readonly Folded[], id: number | undefined): number {
  return id === undefined ? -1 : rows.findIndex(({ exchange, repeats }) => exchange.id === id || repeats.includes(id))
}

function repeatName(exchange: ExchangeSummary): string {
  const { operation, method, path, status, outcome, match, faults } = exchange
  const interaction = match.kind === 'recorded' ? match.interaction : match.kind
  const called = operation ?? `${method} ${path}`
  return [edgeName(exchange), called, status, outcome, interaction, ...faults].join('\n')
}
