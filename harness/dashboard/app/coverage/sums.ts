import type { EdgeCoverage } from '#harness/control/types.ts'

/** What pacts cover of an edge, in numbers. */
export type Sums = Readonly<{ seen: number; interactions: number; called: number; recorded: number }>

export function sumsOf({ operations, interactions }: EdgeCoverage): Sums {
  return {
    seen: interactions.filter(({ seen }) => seen > 0).length,
    interactions: interactions.length,
    called: operations.reduce((sum, { called }) => sum + called, 0),
    recorded: operations.reduce((sum, { recorded }) => sum + recorded, 0),
  }
}
