import { mutationsIn } from '#harness/mutation/mutation-findings.ts'
import type { LoadFigure, MutationResult, StageResult } from '#harness/project/results.ts'
import { driftRuns } from './drift-evidence.ts'
import { uncoveredCalls, type UncoveredCall } from './uncovered-calls.ts'
import { survivalsIn } from './survival-evidence.ts'
import { amongEdges, type EdgeEvidence } from './edges.ts'
import type { GateEvidence } from './evidence.ts'
import { furtherTargets, replayCount, type ReplayTarget } from './replay-evidence.ts'

type ReplayCount = Readonly<{ replayed: number; differing: number }>

/** A gate in figures. */
export type Summary = Readonly<{
  /** Edges that ran. */
  edges: number
  /** Edges that the systems declare. */
  declared: number
  /** Those among them that have a pact. */
  withPact: number
  /** Operations that scenarios called over an edge whose pact does not have them. */
  uncovered: readonly UncoveredCall[]
  /** Interactions in the pacts of those that ran. */
  recorded: number
  /** Interactions compared with OpenAPI documents, and those that these have no words for. */
  compared: Readonly<{ checked: number; skipped: number }>
  replayed: Readonly<Record<ReplayTarget, ReplayCount>>
  /** What was replayed elsewhere too, as in containers. */
  alsoReplayed: readonly (ReplayCount & Readonly<{ target: string; recorded: number }>)[]
  /** Stories, one per target that they were told on. */
  scenarios: Readonly<{ told: number; passed: number }>
  /** Faults that consumers were to survive. */
  survival: Readonly<{ tried: number; survived: number }>
  /** What was measured under load. */
  load: readonly Readonly<{ name: string; figures: readonly LoadFigure[] }>[]
  /** What the live services ran on. */
  stores: readonly string[]
  drift: Readonly<{ applied: number; caught: number; harmless: number; falseAlarms: number }>
  /** Mutants, where they were tried: of how many, and what came of them. */
  mutation: Readonly<Pick<MutationResult, 'tried' | 'of' | 'applied' | 'caught' | 'harmless' | 'falseAlarms'>>
  seconds: number
}>

/** Counts what the evidence has. */
export function summarize({ edges: declared, ran, checks, results, milliseconds }: GateEvidence): Summary {
  const edges = amongEdges(declared, ran?.replayed)
  const replayed = (target: string, among = edges): ReplayCount => {
    const counts = among.map((edge) => replayCount(edge, target, results))
    return {
      replayed: sum(counts.map((count) => count.replayed)),
      differing: sum(counts.map((count) => count.differing)),
    }
  }
  return {
    edges: edges.length,
    declared: declared.length,
    withPact: declared.filter((edge) => interactionsOf(edge) > 0).length,
    uncovered: uncoveredCalls(declared, results),
    recorded: sum(edges.map(interactionsOf)),
    compared: {
      checked: sum(checks.map(({ checked }) => checked)),
      skipped: sum(checks.map(({ skipped }) => skipped)),
    },
    replayed: { live: replayed('live'), mock: replayed('mock') },
    alsoReplayed: furtherTargets(results).map((target) => {
      const tried = edges.filter(({ system }) => ranOn(target, system, results))
      return { target, ...replayed(target, tried), recorded: sum(tried.map(interactionsOf)) }
    }),
    scenarios: scenariosOf(results),
    survival: survivalOf(results),
    load: results.flatMap((result) => (result.kind === 'load' ? [result] : [])),
    stores: [...new Set(results.flatMap((result) => (result.kind === 'replay' ? result.stores : [])))].toSorted(),
    drift: driftOf(results),
    mutation: mutationOf(results),
    seconds: milliseconds / 1000,
  }
}

function interactionsOf({ pact }: EdgeEvidence): number {
  return pact.kind === 'read' ? pact.interactions.length : 0
}

function ranOn(target: string, system: string, results: readonly StageResult[]): boolean {
  return results.some((result) => result.kind === 'replay' && result.target === target && result.system === system)
}

function scenariosOf(results: readonly StageResult[]): Summary['scenarios'] {
  const told = results.filter((result) => result.kind === 'scenario')
  return { told: told.length, passed: told.filter(({ passed }) => passed).length }
}

function survivalOf(results: readonly StageResult[]): Summary['survival'] {
  const tried = survivalsIn(results)
  return { tried: tried.length, survived: tried.filter(({ survived }) => survived).length }
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

function mutationOf(results: readonly StageResult[]): Summary['mutation'] {
  const all = mutationsIn(results)
  const total = (part: keyof Summary['mutation']): number => sum(all.map((result) => result[part]))
  return {
    tried: total('tried'),
    of: total('of'),
    applied: total('applied'),
    caught: total('caught'),
    harmless: total('harmless'),
    falseAlarms: total('falseAlarms'),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
