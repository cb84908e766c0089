import type { Finding } from '#harness/contract/finding.ts'
import { edgeName, type Edge } from '#harness/contract/system.ts'
import type { ReplayedInteraction } from '#harness/pact/replay/replay.ts'
import type { MutationResult } from '#harness/project/results.ts'
import { patienceMs, type EdgeBench } from './bench.ts'
import { askOnce, type KeptAnswers } from './kept-answers.ts'
import { edgeResult } from './edge-result.ts'
import { mutantTitle, type Mutants } from './mutant.ts'
import { planMutants } from './plan-mutants.ts'
import type { Outcome } from './outcome.ts'
import { tryAll } from './try-all.ts'

/** How mutants are chosen, and how long they are tried. */
export type MutationChoice = Readonly<{
  /** Mutants that have to be caught come in the order of this number. */
  seed: number
  /** Only mutants with these words in their title. */
  only?: string | undefined
}>

export type EdgeRequest = MutationChoice &
  Readonly<{
    system: string
    edge: Edge
    bench: EdgeBench
    /** Milliseconds for its mutants; the trial that is under way then is finished. */
    budgetMs: number
  }>

/** What was tried on one edge, and what kept it from being tried. */
export type MutatedEdge = Readonly<{
  result: MutationResult
  outcomes: readonly Outcome[]
  findings: readonly Finding[]
}>

/** Tries what can go wrong on one edge. Where an interaction differs without any mutant nothing is tried on it, and that is a finding. */
export async function mutateEdge({ system, edge, bench, budgetMs, seed, only }: EdgeRequest): Promise<MutatedEdge> {
  const started = performance.now()
  const { sound, kept, findings } = await askedSoundly(bench)
  const plan = chosen(planMutants(sound.pact, bench.contract), only)
  const { outcomes, broken } = await tryAll(plan.mutants, {
    bench: sound,
    kept,
    seed,
    deadline: performance.now() + budgetMs,
  })
  const result = await edgeResult({
    system,
    edge,
    target: bench.target.name,
    seed,
    plan,
    outcomes,
    interactions: sound.pact.interactions,
    milliseconds: performance.now() - started,
  })
  return { result, outcomes, findings: [...findings, ...broken, ...nothingTried(edge, plan, only)] }
}

type Sound = Readonly<{ sound: EdgeBench; kept: KeptAnswers; findings: readonly Finding[] }>

/**
 * Asks all without any mutant. Where something differs all is asked once more, as a busy machine may have been late; what
 * differs again is left out, and the others are asked by themselves, so that what is kept is theirs.
 */
async function askedSoundly(bench: EdgeBench): Promise<Sound> {
  const first = await askOnce(bench, patienceMs)
  const { replayed, kept } = first.replayed.some(differs) ? await askOnce(bench, patienceMs) : first
  if (!replayed.some(differs)) return { sound: bench, kept, findings: [] }
  const interactions = replayed.filter((one) => !differs(one)).map(({ interaction }) => interaction)
  const sound = { ...bench, pact: { ...bench.pact, interactions } }
  return {
    sound,
    kept: (await askOnce(sound, patienceMs)).kept,
    findings: replayed.flatMap(({ findings }) => findings),
  }
}

function differs({ findings }: ReplayedInteraction): boolean {
  return findings.length > 0
}

function chosen({ mutants, unobservable }: Mutants, only: string | undefined): Mutants {
  if (only === undefined) return { mutants, unobservable }
  const has = (title: string): boolean => title.toLowerCase().includes(only.toLowerCase())
  return {
    mutants: mutants.filter((mutant) => has(mutantTitle(mutant))),
    unobservable: unobservable.filter((one) => has(`${one.operation} ${one.place} ${one.change}`)),
  }
}

function nothingTried(edge: Edge, { mutants }: Mutants, only: string | undefined): readonly Finding[] {
  if (mutants.length > 0) return []
  const message = only === undefined ? 'There is nothing to try a mutant on.' : `No mutant has "${only}" in its title.`
  const fix = only === undefined ? 'Record its pact.' : 'See all titles with --verbose and without --only.'
  return [{ code: 'nothing-to-replay', severity: 'error', edge: edgeName(edge), message, fix }]
}
