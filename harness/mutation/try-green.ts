import { blamed, hooksOf, replayThrough, type EdgeBench } from './bench.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { replayKept, type KeptAnswers } from './kept-answers.ts'
import type { Mutant } from './mutant.ts'
import { outcomeOf, type Outcome } from './outcome.ts'

/** Mutants that are tried at once. */
export type Round = readonly Mutant[]

/** Puts mutants that must not be noticed together: those of one operation, as many as do not meet. */
export function roundsOf(mutants: readonly Mutant[]): readonly Round[] {
  const groups = Map.groupBy(mutants, ({ operation, on }) => `${operation} ${on}`)
  return [...groups.values()].flatMap(withoutMeeting)
}

/** None of a round changes what another one changes, or what holds it. */
function withoutMeeting(mutants: readonly Mutant[]): readonly Round[] {
  const rounds: Mutant[][] = []
  for (const mutant of mutants) {
    const free = rounds.find((round) => round.every((other) => !meet(mutant.place, other.place)))
    if (free) free.push(mutant)
    else rounds.push([mutant])
  }
  return rounds
}

function meet(a: string, b: string): boolean {
  const isWithin = (inner: string, outer: string): boolean =>
    inner.startsWith(outer) && /^(?:$|[.[ ])/.test(inner.slice(outer.length))
  return isWithin(a, b) || isWithin(b, a)
}

/**
 * Tries a round on all interactions that could show any of it. Where that raises an alarm, halves of it are tried until it
 * is known which of them do.
 * @throws BenchBroken where the target no longer does what replays need.
 */
export async function tryRound(round: Round, bench: EdgeBench, kept: KeptAnswers): Promise<readonly Outcome[]> {
  const { finding, changed } = await tryOnce(round, bench, kept)
  if (finding === undefined) return round.map((mutant) => outcomeOf(mutant, changed.has(mutant), undefined))
  const [only] = round
  if (only && round.length === 1) {
    // A provider that was late, and not the mutant, is no alarm: one raises it again.
    const again = only.on === 'reply' ? finding : (await tryOnce(round, bench, kept)).finding
    return [outcomeOf(only, changed.has(only), again)]
  }
  const middle = Math.ceil(round.length / 2)
  const first = await tryRound(round.slice(0, middle), bench, kept)
  return [...first, ...(await tryRound(round.slice(middle), bench, kept))]
}

type Once = Readonly<{ finding: Finding | undefined; changed: ReadonlySet<Mutant> }>

async function tryOnce(round: Round, bench: EdgeBench, kept: KeptAnswers): Promise<Once> {
  const changed = new Set<Mutant>()
  const hooks = hooksOf(round, bench, (mutant) => changed.add(mutant))
  const indexes = [...new Set(round.flatMap(({ interactions }) => interactions))].toSorted((a, b) => a - b)
  const isKept = round.every(({ on }) => on === 'reply')
  const replays = indexes.map((interaction) => ({ interaction, hooks }))
  const findings = isKept
    ? (await replayKept(bench, replays, kept)).flat()
    : await replayThrough(bench, indexes, { hooks })
  return { finding: blamed(findings), changed }
}
