import { edgeKey } from '#harness/project/selected-edges.ts'
import { amongEdges, participants, type EdgeEvidence } from './edges.ts'
import type { GateEvidence } from './evidence.ts'
import { pactFindings } from './pact-evidence.ts'
import { furtherTargets, replayCount, replayFindings } from './replay-evidence.ts'

/**
 * The edges of which every interaction was recorded in this run and answered well on live and on mock, by key; each with
 * the further targets that answered well, too.
 */
export function wellReplayed(evidence: GateEvidence): ReadonlyMap<string, readonly string[]> {
  const { edges, ran, stopped } = evidence
  const tried = stopped ? [] : amongEdges(edges, ran?.recorded)
  return new Map(
    tried
      .filter((edge) => isWell(edge, evidence))
      .map((edge) => [edgeKey(edge.system, edge.edge), furtherFor(edge, evidence)]),
  )
}

function isWell(edge: EdgeEvidence, { recorded, results, checks }: GateEvidence): boolean {
  if (edge.pact.kind !== 'read' || edge.pact.interactions.length === 0) return false
  const here = recorded.published.find((published) => published.edge === participants(edge))
  const contradicts = checks.some(
    (check) => check.edge === edgeKey(edge.system, edge.edge) && check.findings.length > 0,
  )
  return (
    here?.recorded === edge.pact.interactions.length &&
    !contradicts &&
    pactFindings(edge).length === 0 &&
    replayFindings(edge, results).length === 0
  )
}

function furtherFor(edge: EdgeEvidence, { results }: GateEvidence): readonly string[] {
  const own = results.filter((result) => result.kind === 'replay' && result.system === edge.system)
  const interactions = edge.pact.kind === 'read' ? edge.pact.interactions.length : 0
  return furtherTargets(own).filter((target) => replayCount(edge, target, results).replayed === interactions)
}
