import { relative } from 'node:path'
import type { Finding } from '#harness/contract/finding.ts'
import { projectRoot } from '#harness/project/paths.ts'
import type { StageResult } from '#harness/project/results.ts'
import type { JestOutcome } from './jest-outcome.ts'

export type DriftRun = Extract<StageResult, { kind: 'drift' }>

/** Deliberate drifts that nothing noticed, and harmless changes that raised an alarm. */
export function driftFindings(results: readonly StageResult[]): readonly Finding[] {
  return driftRuns(results).flatMap((run) => [...missed(run), ...falseAlarms(run)])
}

/** The results of drift suites. */
export function driftRuns(results: readonly StageResult[]): readonly DriftRun[] {
  return results.filter((result): result is DriftRun => result.kind === 'drift')
}

function missed({ edge, target, drifts }: DriftRun): readonly Finding[] {
  return drifts
    .filter(({ caught }) => !caught)
    .map(({ name, detail }) => ({
      code: 'drift-missed',
      severity: 'error',
      edge,
      interaction: name,
      target,
      message: `The replay did not find this drift: ${detail.replace(/\.$/, '')}.`,
      fix: 'Record an interaction that uses what drifted, or correct the engine.',
    }))
}

function falseAlarms({ edge, target, harmless }: DriftRun): readonly Finding[] {
  return harmless
    .filter(({ alarmed }) => alarmed)
    .map(({ name, detail }) => ({
      code: 'drift-false-alarm',
      severity: 'error',
      edge,
      interaction: name,
      target,
      message: `The replay took this harmless change for a drift: ${detail.replace(/\.$/, '')}.`,
      fix: 'Loosen the example that pins what no consumer reads, or correct the engine.',
    }))
}

/** Drift suites that ran and kept no score: then nobody knows whether a drift would have been found. */
export function silentSuites({ tests }: JestOutcome, results: readonly StageResult[]): readonly Finding[] {
  const scored = driftRuns(results).filter(({ drifts }) => drifts.length > 0)
  return [...new Set(tests.map(({ file }) => file))].flatMap((file): Finding[] => {
    const system = suiteName.exec(file)?.[1]
    if (system === undefined || scored.some(({ suite }) => suite === file)) return []
    return [
      {
        code: 'drift-missed',
        severity: 'error',
        edge: system,
        path: relative(projectRoot, file),
        message: 'A drift suite ran and kept no score: no drift was applied.',
        fix: 'Let it register drifts with driftSuite().',
      },
    ]
  })
}

const suiteName = /scenarios\/([^/]+)\/drift[\w-]*\.scenario\.test\.ts$/
