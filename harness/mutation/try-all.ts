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
 * Tries mutants until the time is over: those that have to be caught, in the order of the seed, and in turn with them those
 * that must not be noticed. Where the target breaks down, what was tried so far counts.
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

type Trial = () => Promise<readonly Outcome[]>

async function* trials(mutants: readonly Mutant[], on: On): AsyncGenerator<readonly Outcome[]> {
  const caught = caughtTrials(
    mutants.filter(({ expected }) => expected === 'caught'),
    on,
  )
  const green = roundsOf(mutants.filter(({ expected }) => expected === 'green')).map(
    (round): Trial =>
      () =>
        tryRound(round, on.bench, on.kept),
  )
  for (let at = 0; at < Math.max(caught.length, green.length); at++) {
    for (const trial of [caught[at], green[at]]) if (trial) yield await trial()
  }
}

/** Those of replies many in one run, the others one by one, mixed as the seed has them. */
function caughtTrials(mutants: readonly Mutant[], { bench, kept, seed }: On): readonly Trial[] {
  const ordered = seededOrder(mutants, seed)
  const replies = ordered.filter(({ on }) => on === 'reply')
  const runs = Array.from({ length: Math.ceil(replies.length / oneRun) }, (_, index): Trial => {
    const some = replies.slice(index * oneRun, (index + 1) * oneRun)
    return () => tryKept(some, bench, kept)
  })
  const others = ordered
    .filter(({ on }) => on === 'exchange')
    .map((mutant): Trial => async () => [await tryThrough(mutant, bench)])
  return seededOrder([...runs, ...others], seed)
}
