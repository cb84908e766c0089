import { edgeName } from '#harness/contract/system.ts'
import type { EdgeEvidence } from '#harness/gate/edges.ts'
import { furtherTargets, replayTargets } from '#harness/gate/replay-evidence.ts'
import type { ReplayResult, StageResult } from '#harness/project/results.ts'
import type { Sources } from '../section.ts'
import type { EdgeInteractions, ReplayData } from './data.ts'

type ReplayRun = Extract<StageResult, { kind: 'replay' }>

/** Each interaction of each edge, with what came of it on each target. */
export function collectInteractions({ evidence: { edges, results }, places }: Sources): EdgeInteractions[] {
  return edges.map((evidence) => {
    const { system, edge, pact } = evidence
    const runs = runsOf(evidence, results)
    const recorded = pact.kind === 'read' ? pact.interactions : []
    return {
      system,
      edge: edgeName(edge),
      pact: pact.kind,
      runs: [...runs].map(([target, of]) => ({
        target,
        milliseconds: Math.round(of.reduce((sum, { milliseconds }) => sum + milliseconds, 0)),
        stores: [...new Set(of.flatMap(({ stores }) => stores))],
      })),
      interactions: recorded.map(({ description, operation }, index) => {
        // States tell interactions of one description apart: the second of that name is the second that was replayed.
        const nth = recorded.slice(0, index).filter((before) => before.description === description).length
        const place = places.get(system)?.interaction(edge.consumer, description)
        return {
          description,
          ...(operation !== undefined && { operation }),
          ...(place && { place }),
          replays: [...runs].map(([target, of]) => replayOn(target, of, { description, nth })),
        }
      }),
    }
  })
}

/** By target, those first on which everything has to be replayed. */
function runsOf(
  { system, edge }: EdgeEvidence,
  results: readonly StageResult[],
): ReadonlyMap<string, readonly ReplayRun[]> {
  const own = results.filter(
    (result): result is ReplayRun =>
      result.kind === 'replay' && result.system === system && result.edge === edgeName(edge),
  )
  const targets = [...replayTargets, ...furtherTargets(own)]
  return new Map(targets.map((target) => [target, own.filter((run) => run.target === target)]))
}

function replayOn(
  target: string,
  runs: readonly ReplayRun[],
  { description, nth }: Readonly<{ description: string; nth: number }>,
): ReplayData {
  const replayed = runs.flatMap((run) => {
    const found = run.interactions.filter((interaction) => interaction.description === description)[nth]
    return found ? [found] : []
  })
  if (replayed.length === 0) return { target, state: 'missing', differences: [] }
  const differences = replayed.flatMap(differencesOf)
  return { target, state: differences.length > 0 ? 'differs' : 'same', differences }
}

function differencesOf({ findings }: ReplayResult): readonly string[] {
  return findings.map(({ path, code, message }) => `${path ?? code}: ${message}`)
}
