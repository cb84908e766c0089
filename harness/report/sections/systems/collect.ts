import { edgeName, type System } from '#harness/contract/system.ts'
import type { EdgeEvidence } from '#harness/gate/edges.ts'
import { replayCount, replayTargets } from '#harness/gate/replay-evidence.ts'
import type { StageResult } from '#harness/project/results.ts'
import type { Sources } from '../section.ts'
import type { SystemGraph } from './data.ts'

/** The components of each system and who calls whom, with how far each edge was verified. */
export function collectSystems({ systems, evidence: { edges, results } }: Sources): SystemGraph[] {
  return systems.map((system) => ({
    name: system.name,
    nodes: Object.entries(system.components).map(([name, { contract, entry, stores }]) => ({
      name,
      kind: entry ? 'entry' : contract ? 'service' : 'caller',
      operations: Object.keys(contract?.operations ?? {}).length,
      stores: Object.values(stores ?? {}).map(({ kind }) => kind),
    })),
    edges: [
      ...edges.filter((edge) => edge.system === system.name).map((edge) => calls(edge, results)),
      ...passedOn(system),
    ],
  }))
}

function calls(evidence: EdgeEvidence, results: readonly StageResult[]): SystemGraph['edges'][number] {
  const interactions = evidence.pact.kind === 'read' ? evidence.pact.interactions.length : 0
  const counts = replayTargets.map((target) => replayCount(evidence, target, results))
  const isWhole = interactions > 0 && counts.every(({ replayed }) => replayed === interactions)
  const differs = counts.some(({ differing }) => differing > 0)
  return { ...ends(evidence.edge), interactions, state: differs ? 'differs' : isWhole ? 'verified' : 'unverified' }
}

function passedOn({ components }: System): SystemGraph['edges'] {
  const found = Object.entries(components).flatMap(([consumer, { entry }]) =>
    (entry?.routes ?? []).map(({ to }) => ({ consumer, provider: to })),
  )
  return [...new Map(found.map((edge) => [edgeName(edge), edge])).values()].map((edge) => ({
    ...edge,
    interactions: 0,
    state: 'passes on',
  }))
}

function ends({ consumer, provider }: EdgeEvidence['edge']): { consumer: string; provider: string } {
  return { consumer, provider }
}
