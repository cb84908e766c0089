import { edgeName } from '#harness/contract/system.ts'
import type { PactInteraction } from '#harness/pact/file/pact-file.ts'
import { projectRoot } from '#harness/project/paths.ts'
import type { AlarmResult, MutationResult, SurvivorResult } from '#harness/project/results.ts'
import { mutantTitle, type Mutants } from './mutant.ts'
import { testLine } from './test-line.ts'
import type { Outcome } from './outcome.ts'

type Tried = Readonly<{
  system: string
  edge: Readonly<{ consumer: string; provider: string }>
  target: string
  seed: number
  plan: Mutants
  outcomes: readonly Outcome[]
  interactions: readonly PactInteraction[]
  milliseconds: number
}>

/** What was tried on one edge, counted, with where each survivor should have been caught. */
export async function edgeResult({ plan, outcomes, interactions, ...tried }: Tried): Promise<MutationResult> {
  // As the pact and the contract have them, whatever the seed.
  const at = new Map(plan.mutants.map((mutant, index) => [mutant, index]))
  const inOrder = outcomes.toSorted((a, b) => (at.get(a.mutant) ?? 0) - (at.get(b.mutant) ?? 0))
  const of = (kind: Outcome['kind']): readonly Outcome[] => inOrder.filter((outcome) => outcome.kind === kind)
  const survivors = of('survived')
  const alarms = of('alarm')
  return {
    kind: 'mutation',
    system: tried.system,
    edge: edgeName(tried.edge),
    target: tried.target,
    seed: tried.seed,
    tried: outcomes.length,
    of: plan.mutants.length,
    applied: of('caught').length + survivors.length,
    caught: of('caught').length,
    harmless: of('green').length + alarms.length,
    falseAlarms: alarms.length,
    survivors: await Promise.all(survivors.map((outcome) => survivor(outcome, interactions))),
    alarms: alarms.map(alarm),
    unchanged: of('unchanged').map(({ mutant }) => mutantTitle(mutant)),
    unobservable: plan.unobservable,
    milliseconds: tried.milliseconds,
  }
}

async function survivor({ mutant }: Outcome, interactions: readonly PactInteraction[]): Promise<SurvivorResult> {
  const interaction = interactions[mutant.interactions[0] ?? -1]
  const where = interaction && (await testLine(interaction, projectRoot))
  const { class: label, operation, place, severity, advice } = mutant
  return {
    title: mutantTitle(mutant),
    class: label,
    operation,
    place,
    interaction: interaction?.description ?? '',
    severity,
    advice,
    ...(where !== undefined && { where }),
  }
}

function alarm({ mutant, finding }: Outcome): AlarmResult {
  return {
    title: mutantTitle(mutant),
    operation: mutant.operation,
    place: mutant.place,
    interaction: finding?.interaction ?? '',
    detail: finding?.message ?? '',
  }
}
