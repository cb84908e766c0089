import type { ExchangeSummary } from '#harness/control/types.ts'
import { edgeName } from './edge-name.ts'

/** As many as the stack keeps: nothing can be read of others. */
export const mostKept = 1000

/**
 * Of too many exchanges, those that the stack keeps: the oldest of what there is most of goes first, so that who asks again
 * and again does not push out what happens once.
 */
export function kept(exchanges: readonly ExchangeSummary[]): readonly ExchangeSummary[] {
  const tooMany = exchanges.length - mostKept
  if (tooMany <= 0) return exchanges
  const groups = [...Map.groupBy(exchanges, groupName).values()].map((group) => ({ group, gone: 0 }))
  const dropped = new Set<number>()
  for (let count = 0; count < tooMany; count++) {
    const largest = groups.reduce((a, b) => (b.group.length - b.gone > a.group.length - a.gone ? b : a))
    const oldest = largest.group[largest.gone++]
    if (oldest) dropped.add(oldest.id)
  }
  return exchanges.filter(({ id }) => !dropped.has(id))
}

function groupName(exchange: ExchangeSummary): string {
  const { operation, path, status, outcome } = exchange
  return `${edgeName(exchange)} ${operation ?? path} ${status ?? outcome}`
}
