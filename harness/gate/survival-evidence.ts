import type { Finding } from '#harness/contract/finding.ts'
import type { StageResult, SurvivalResult } from '#harness/project/results.ts'

/** Faults that a consumer is declared to survive and did not. */
export function survivalFindings(results: readonly StageResult[]): readonly Finding[] {
  return survivalsIn(results)
    .filter(({ survived }) => !survived)
    .map(({ edge, operation, interaction, detail }) => ({
      code: 'fault-not-survived',
      severity: 'error',
      edge,
      operation,
      interaction,
      message: `${detail}.`,
      fix: 'Let the client survive it, or say in "survives" what it makes of it.',
    }))
}

/** What was tried of that. */
export function survivalsIn(results: readonly StageResult[]): readonly SurvivalResult[] {
  return results.filter((result): result is SurvivalResult => result.kind === 'survival')
}
