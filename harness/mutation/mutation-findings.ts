import type { Finding } from '#harness/contract/finding.ts'
import type { MutationResult, StageResult } from '#harness/project/results.ts'

/** What is wrong with an edge: mutants that survived, and harmless changes that raised an alarm. */
export function mutationFindings(results: readonly StageResult[]): readonly Finding[] {
  return mutationsIn(results).flatMap((result) => [...survived(result), ...alarmed(result)])
}

/** The results of mutation. */
export function mutationsIn(results: readonly StageResult[]): readonly MutationResult[] {
  return results.filter((result): result is MutationResult => result.kind === 'mutation')
}

function survived({ edge, target, survivors }: MutationResult): readonly Finding[] {
  return survivors.map(({ severity, title, operation, interaction, place, advice, where }) => ({
    code: 'mutation-survived',
    severity,
    edge,
    operation,
    interaction,
    path: place,
    target,
    message: `A provider that drifts like this passes: ${title}.`,
    fix: `${advice}${where === undefined ? '' : ` Recorded at ${where}.`}`,
  }))
}

function alarmed({ edge, target, alarms }: MutationResult): readonly Finding[] {
  return alarms.map(({ title, operation, interaction, place, detail }) => ({
    code: 'drift-false-alarm',
    severity: 'error',
    edge,
    operation,
    interaction,
    path: place,
    target,
    message: `The replay took this harmless change for a drift: ${title}. It said: ${detail.replace(/\.$/, '')}.`,
    fix: 'Loosen the example that pins what no consumer reads, or correct the engine.',
  }))
}
