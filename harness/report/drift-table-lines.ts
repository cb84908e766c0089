import type { OperationRow, TargetCell } from '#harness/gate/drift-table.ts'
import { tableLines } from './table.ts'

/** Places of one cell that are named; the findings have them all. */
const namedPlaces = 2

/** The drift table for people: operation by contract, pact, live and mock. */
export function driftTableLines(rows: readonly OperationRow[]): readonly string[] {
  const heads = ['operation', 'contract', 'pact', 'live', 'mock']
  return tableLines([
    heads,
    ...rows.map(({ operation, contract = 'not there', recorded, on }) => [
      operation,
      contract,
      String(recorded),
      cellWords(on.live, recorded),
      cellWords(on.mock, recorded),
    ]),
  ])
}

function cellWords({ replayed, differing, places }: TargetCell, recorded: number): string {
  if (recorded === 0) return '-'
  if (replayed < recorded) return `${replayed} of ${recorded} replayed`
  if (differing === 0) return 'same'
  const more = places.length > namedPlaces ? ', …' : ''
  return `${differing} differ: ${places.slice(0, namedPlaces).join(', ')}${more}`
}
