import { signature } from '#harness/contract/operation.ts'
import type { EdgeEvidence } from '#harness/gate/edges.ts'
import type { StageResult } from '#harness/project/results.ts'
import type { Sources } from '../section.ts'
import type { Coverage, CoveredOperation } from './data.ts'

/** Sets what stories called against what pacts have, edge by edge. */
export function collectCoverage({ evidence: { edges, results } }: Sources): Coverage {
  const called = callsIn(results).map((call) => ({ ...call, recorded: recordedBy(edges, call) }))
  const declared = declaredOperations(edges)
  const isCalled = ({ system, provider, operation }: Declared): boolean =>
    called.some((call) => call.system === system && call.provider === provider && call.operation === operation)
  const isRecorded = ({ system, provider, operation }: Declared): boolean =>
    edges.some(
      (edge) => edge.system === system && edge.edge.provider === provider && descriptionsOf(edge, operation).length > 0,
    )
  return {
    totals: {
      edges: edges.length,
      edgesWithPact: edges.filter(({ pact }) => pact.kind === 'read' && pact.interactions.length > 0).length,
      operations: declared.length,
      recorded: declared.filter(isRecorded).length,
      called: declared.filter(isCalled).length,
    },
    calledUnrecorded: called.filter(({ operation, recorded }) => operation !== undefined && recorded === 0),
    undeclared: called.filter(({ operation }) => operation === undefined),
    unused: declared.filter((operation) => !isRecorded(operation) && !isCalled(operation)),
  }
}

type Declared = Coverage['unused'][number]

function declaredOperations(edges: readonly EdgeEvidence[]): readonly Declared[] {
  const found = edges.flatMap(({ system, edge: { provider }, contract }) =>
    Object.entries(contract.operations).map(([operation, declared]) => ({
      system,
      provider,
      operation,
      signature: signature(declared),
    })),
  )
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
}

function callsIn(results: readonly StageResult[]): readonly Omit<CoveredOperation, 'recorded'>[] {
  const all = results.flatMap((result) =>
    result.kind === 'scenario'
      ? (result.traffic?.calls ?? []).map(({ count, ...call }) => ({ system: result.system, ...call, called: count }))
      : [],
  )
  const groups = Map.groupBy(all, ({ system, consumer, provider, signature: what }) =>
    JSON.stringify([system, consumer, provider, what]),
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ ...first, called: group.reduce((sum, { called }) => sum + called, 0) }] : []
  })
}

function recordedBy(
  edges: readonly EdgeEvidence[],
  { system, consumer, provider, operation }: Omit<CoveredOperation, 'recorded'>,
): number {
  const own = edges.find(
    (edge) => edge.system === system && edge.edge.consumer === consumer && edge.edge.provider === provider,
  )
  return own && operation !== undefined ? descriptionsOf(own, operation).length : 0
}

function descriptionsOf({ pact }: EdgeEvidence, operation: string): readonly string[] {
  if (pact.kind !== 'read') return []
  return pact.interactions.flatMap((one) => (one.operation === operation ? [one.description] : []))
}
