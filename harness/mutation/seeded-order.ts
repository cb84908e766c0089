import { chance } from '#harness/fault/chance.ts'

/** The same things in another order: by chance, and the same for the same seed. */
export function seededOrder<T>(things: readonly T[], seed: number): readonly T[] {
  return things
    .map((thing, index) => ({ thing, at: chance(seed, index) }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ thing }) => thing)
}
