import type { Finding } from '#harness/contract/finding.ts'
import { edgeName } from '#harness/contract/system.ts'
import type { StageResult } from '#harness/project/results.ts'
import { participants, type EdgeEvidence } from './edges.ts'

/** What every pact is replayed on. */
export const replayTargets = ['live', 'mock'] as const
export type ReplayTarget = (typeof replayTargets)[number]

/** What a pact may be replayed on beside these, where a machine can: what ran there counts as much. */
export function furtherTargets(results: readonly StageResult[]): readonly string[] {
  const named = results.flatMap((result) => (result.kind === 'replay' ? [result.target] : []))
  return [...new Set(named)].filter((target) => !replayTargets.some((known) => known === target)).toSorted()
}

type ReplayRun = Extract<StageResult, { kind: 'replay' }>

/** What the replays of an edge found, and the interactions of its pact that were not replayed. */
export function replayFindings(evidence: EdgeEvidence, results: readonly StageResult[]): readonly Finding[] {
  const own = results.filter((result) => result.kind === 'replay' && result.system === evidence.system)
  return [...replayTargets, ...furtherTargets(own)].flatMap((target) => [
    ...runsOf(evidence, target, results).flatMap(({ interactions }) =>
      interactions.flatMap(({ findings }) => findings),
    ),
    ...notReplayed(evidence, target, results),
  ])
}

/** How many interactions of an edge were replayed on a target, and how many of these differ. */
export function replayCount(
  evidence: EdgeEvidence,
  target: string,
  results: readonly StageResult[],
): { replayed: number; differing: number } {
  const runs = runsOf(evidence, target, results)
  const differing = runs.flatMap(({ interactions }) => interactions.filter(({ findings }) => findings.length > 0))
  const recorded = evidence.pact.kind === 'read' ? evidence.pact.interactions.length : 0
  return { replayed: recorded - unreplayed(evidence, runs).length, differing: differing.length }
}

function runsOf({ system, edge }: EdgeEvidence, target: string, results: readonly StageResult[]): readonly ReplayRun[] {
  return results.filter(
    (result): result is ReplayRun =>
      result.kind === 'replay' &&
      result.system === system &&
      result.edge === edgeName(edge) &&
      result.target === target,
  )
}

/** Descriptions in a pact that no run has, as often as the pact has them: states may tell interactions of one description apart. */
function unreplayed({ pact }: EdgeEvidence, runs: readonly ReplayRun[]): readonly string[] {
  if (pact.kind !== 'read') return []
  const most = new Map<string, number>()
  for (const { interactions } of runs) {
    for (const [description, count] of countsOf(interactions.map((interaction) => interaction.description)))
      most.set(description, Math.max(count, most.get(description) ?? 0))
  }
  const recorded = countsOf(pact.interactions.map(({ description }) => description))
  return [...recorded].flatMap(([description, count]) =>
    Array.from({ length: Math.max(0, count - (most.get(description) ?? 0)) }, () => description),
  )
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function notReplayed(evidence: EdgeEvidence, target: string, results: readonly StageResult[]): Finding[] {
  if (evidence.pact.kind !== 'read') return []
  const missing = unreplayed(evidence, runsOf(evidence, target, results))
  const { system, edge } = evidence
  const folder = target === 'mock' ? `mocks/${system}` : `providers/${system}/${edge.provider}`
  const base = {
    code: 'not-replayed',
    severity: 'error',
    edge: participants(evidence),
    target,
    fix: `A *.replay.test.ts in ${folder} has to call replays('${system}', '${edge.provider}', '${target}').`,
  } as const
  const all = evidence.pact.interactions.length
  if (missing.length === all && all > 1)
    return [{ ...base, message: `None of its ${all} interactions was replayed on ${target}.` }]
  return missing.map((interaction) => ({ ...base, interaction, message: `It was not replayed on ${target}.` }))
}
