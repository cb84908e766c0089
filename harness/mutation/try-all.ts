import type { Finding } from '#harness/contract/finding.ts'
import { BenchBroken, type EdgeBench } from './bench.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { Mutant } from './mutant.ts'
import type { Outcome } from './outcome.ts'
import { seededOrder } from './seeded-order.ts'
import { tryKept, tryThrough } from './try-caught.ts'
import { roundsOf, tryRound } from './try-green.ts'

type On = Readonly<{
  bench: EdgeBench
  kept: KeptAnswers
  seed: number
  /** When to stop, as `performance.now()` has it; what is under way then is finished. */
  deadline: number
}>

type Tried = Readonly<{ outcomes: readonly Outcome[]; broken: readonly Finding[] }>

/** How many mutants go into one run: few enough to stop in time. */
const oneRun = 40

/**
 * Tries mutants until the time is over: first those that must not be noticed, as many of them are tried at once, then those
 * that have to be caught, in the order of the seed. Where the target breaks down, what was tried so far counts.
 */
export async function tryAll(mutants: readonly Mutant[], on: On): Promise<Tried> {
  const outcomes: Outcome[] = []
  try {
    for await (const some of trials(mutants, on)) {
      outcomes.push(...some)
      if (performance.now() >= on.deadline) break
    }
    return { outcomes, broken: [] }
  } catch (error) {
    if (error instanceof BenchBroken) return { outcomes, broken: [error.finding] }
    throw error
  } finally {
    on.bench.proxy.hooks({})
  }
}

async function* trials(mutants: readonly Mutant[], { bench, kept, seed }: On): AsyncGenerator<readonly Outcome[]> {
  for (const round of roundsOf(mutants.filter(({ expected }) => expected === 'green')))
    yield await tryRound(round, bench, kept)
  const caught = seededOrder(
    mutants.filter(({ expected }) => expected === 'caught'),
    seed,
  )
  for (let at = 0; at < caught.length; at += oneRun) {
    const some = caught.slice(at, at + oneRun)
    yield await tryKept(
      some.filter(({ on }) => on === 'reply'),
      bench,
      kept,
    )
    for (const mutant of some.filter(({ on }) => on === 'exchange')) yield [await tryThrough(mutant, bench)]
  }
}
