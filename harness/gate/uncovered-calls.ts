import { edgeName } from '#harness/contract/system.ts'
import type { StageResult } from '#harness/project/results.ts'
import type { EdgeEvidence } from './edges.ts'

/** An operation that scenarios called over a declared edge whose pact does not have it. */
export type UncoveredCall = Readonly<{ system: string; edge: string; operation: string }>

/** What was called in scenarios and is in no pact: it works today, and nothing keeps it so. */
export function uncoveredCalls(
  edges: readonly EdgeEvidence[],
  results: readonly StageResult[],
): readonly UncoveredCall[] {
  const recorded = new Map(edges.map((edge) => [`${edge.system} ${edgeName(edge.edge)}`, operationsOf(edge)]))
  const calls = results.flatMap(callsOf)
  // Whoever tests tell the story may call what they like: only edges that are declared have a pact.
  const uncovered = calls.filter(({ system, edge, operation }) => {
    const known = recorded.get(`${system} ${edge}`)
    return known !== undefined && !known.has(operation)
  })
  const unique = new Map(uncovered.map((call) => [`${call.system} ${call.edge} ${call.operation}`, call]))
  return [...unique].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call)
}

function callsOf(result: StageResult): readonly UncoveredCall[] {
  if (result.kind !== 'scenario') return []
  return (result.traffic?.calls ?? []).flatMap(({ operation, ...edge }) =>
    operation === undefined ? [] : [{ system: result.system, edge: edgeName(edge), operation }],
  )
}

function operationsOf({ pact }: EdgeEvidence): ReadonlySet<string> {
  return new Set(pact.kind === 'read' ? pact.interactions.flatMap(({ operation }) => operation ?? []) : [])
}
