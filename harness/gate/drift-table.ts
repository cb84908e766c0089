import { edgeName } from '#harness/contract/system.ts'
import { signature } from '#harness/contract/operation.ts'
import type { StageResult } from '#harness/project/results.ts'
import type { EdgeEvidence } from './edges.ts'
import { replayTargets, type ReplayTarget } from './replay-evidence.ts'

/** How one operation of an edge fared: in the contract, on the live service, on the mock. */
export type OperationRow = Readonly<{
  edge: string
  operation: string
  /** `POST /api/conversations`; nothing where the contract does not have it. */
  contract: string | undefined
  /** Interactions of the pact that use it. */
  recorded: number
  on: Readonly<Record<ReplayTarget, TargetCell>>
}>

/** Interactions replayed, those that differ, and the places where they do. */
export type TargetCell = Readonly<{ replayed: number; differing: number; places: readonly string[] }>

/** The drift table: each operation of each edge against contract, live and mock. */
export function driftTable(edges: readonly EdgeEvidence[], results: readonly StageResult[]): readonly OperationRow[] {
  return edges.flatMap((edge) => operationsOf(edge).map((operation) => rowOf(edge, operation, results)))
}

const undeclared = '(undeclared)'

function operationsOf({ contract, pact }: EdgeEvidence): readonly string[] {
  const used = pact.kind === 'read' ? pact.interactions.map(({ operation = undeclared }) => operation) : []
  return [...new Set([...Object.keys(contract.operations), ...used])]
}

function rowOf(
  { system, edge, contract, pact }: EdgeEvidence,
  operation: string,
  results: readonly StageResult[],
): OperationRow {
  const declared = contract.operations[operation]
  const interactions = pact.kind === 'read' ? pact.interactions : []
  const cells = replayTargets.map((target) => {
    const replayed = results
      .filter((result) => result.kind === 'replay')
      .filter((result) => result.system === system && result.edge === edgeName(edge) && result.target === target)
      .flatMap((result) => result.interactions)
      .filter((interaction) => (interaction.operation ?? undeclared) === operation)
    const differing = replayed.filter(({ findings }) => findings.length > 0)
    const places = differing.flatMap(({ findings }) => findings.map(({ path, code }) => path ?? code))
    return [target, { replayed: replayed.length, differing: differing.length, places: [...new Set(places)] }] as const
  })
  return {
    edge: edgeName(edge),
    operation,
    contract: declared && signature(declared),
    recorded: interactions.filter((interaction) => (interaction.operation ?? undeclared) === operation).length,
    on: Object.fromEntries(cells) as OperationRow['on'],
  }
}
