import type { Finding } from '#harness/contract/finding.ts'
import { blamed, hooksOf, replayThrough, type EdgeBench } from './bench.ts'
import { replayKept, type KeptAnswers } from './kept-answers.ts'
import type { Mutant } from './mutant.ts'
import { outcomeOf, type Outcome } from './outcome.ts'

/**
 * Tries a mutant that has to be caught on one interaction after the other, until one shows it.
 * @throws BenchBroken where the target no longer does what replays need.
 */
export async function tryThrough(mutant: Mutant, bench: EdgeBench): Promise<Outcome> {
  let isChanged = false
  const hooks = hooksOf([mutant], bench, () => (isChanged = true))
  for (const index of mutant.interactions) {
    const finding = blamed(await replayThrough(bench, [index], { hooks, timeoutMs: mutant.timeoutMs }))
    if (finding && isChanged) return outcomeOf(mutant, true, finding)
  }
  return outcomeOf(mutant, isChanged, undefined)
}

type Open = { mutant: Mutant; left: number[]; isChanged: boolean; finding: Finding | undefined }

/**
 * Tries many mutants of replies on kept answers, all of them in one run on their first interaction, then those that were not
 * noticed on their next.
 */
export async function tryKept(
  mutants: readonly Mutant[],
  bench: EdgeBench,
  kept: KeptAnswers,
): Promise<readonly Outcome[]> {
  const all = mutants.map((mutant): Open => ({
    mutant,
    left: [...mutant.interactions],
    isChanged: false,
    finding: undefined,
  }))
  for (let open = all; open.length > 0; open = open.filter(({ finding, left }) => !finding && left.length > 0)) {
    const replays = open.map((one) => ({
      interaction: one.left.shift() ?? -1,
      hooks: hooksOf([one.mutant], bench, () => (one.isChanged = true)),
    }))
    const found = await replayKept(bench, replays, kept)
    open.forEach((one, index) => (one.finding = blamed(found[index] ?? [])))
  }
  return all.map(({ mutant, isChanged, finding }) => outcomeOf(mutant, isChanged, finding))
}
