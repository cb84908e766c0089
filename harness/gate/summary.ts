import type { StageResult } from '#harness/project/results.ts'
import { driftRuns } from './drift-evidence.ts'
import type { GateEvidence } from './evidence.ts'
import { replayCount, type ReplayTarget } from './replay-evidence.ts'

/** A gate in figures. */
export type Summary = Readonly<{
  edges: number
  /** Interactions in the pacts. */
  recorded: number
  replayed: Readonly<Record<ReplayTarget, Readonly<{ replayed: number; differing: number }>>>
  /** Stories, one per target that they were told on. */
  scenarios: Readonly<{ told: number; passed: number }>
  /** What the live services ran on. */
  stores: readonly string[]
  drift: Readonly<{ applied: number; caught: number; harmless: number; falseAlarms: number }>
  seconds: number
}>

/** Counts what the evidence has. */
export function summarize({ edges, results, milliseconds }: GateEvidence): Summary {
  const recorded = edges.map(({ pact }) => (pact.kind === 'read' ? pact.interactions.length : 0))
  const replayed = (target: ReplayTarget) => {
    const counts = edges.map((edge) => replayCount(edge, target, results))
    return {
      replayed: sum(counts.map((count) => count.replayed)),
      differing: sum(counts.map((count) => count.differing)),
    }
  }
  return {
    edges: edges.length,
    recorded: sum(recorded),
    replayed: { live: replayed('live'), mock: replayed('mock') },
    scenarios: scenariosOf(results),
    stores: [...new Set(results.flatMap((result) => (result.kind === 'replay' ? result.stores : [])))].toSorted(),
    drift: driftOf(results),
    seconds: milliseconds / 1000,
  }
}

function scenariosOf(results: readonly StageResult[]): Summary['scenarios'] {
  const told = results.filter((result) => result.kind === 'scenario')
  return { told: told.length, passed: told.filter(({ passed }) => passed).length }
}

function driftOf(results: readonly StageResult[]): Summary['drift'] {
  const drifts = driftRuns(results).flatMap((run) => run.drifts)
  const harmless = driftRuns(results).flatMap((run) => run.harmless)
  return {
    applied: drifts.length,
    caught: drifts.filter(({ caught }) => caught).length,
    harmless: harmless.length,
    falseAlarms: harmless.filter(({ alarmed }) => alarmed).length,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
