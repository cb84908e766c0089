import type { Finding } from '#harness/contract/finding.ts'
import { pactFileName } from '#harness/contract/system.ts'
import type { Published } from '#harness/pact/file/publish-recordings.ts'
import { participants, type EdgeEvidence } from './edges.ts'
import type { JestOutcome } from './jest-outcome.ts'

/** What recording gave: what became of the pacts, and of the tests that record. */
export type Recorded = Readonly<{ published: readonly Published[]; tests: JestOutcome }>

/** What is wrong with the pact of an edge. */
export function pactFindings(evidence: EdgeEvidence): readonly Finding[] {
  const edge = participants(evidence)
  const path = `pacts/${evidence.system}/${pactFileName(evidence.edge)}`
  switch (evidence.pact.kind) {
    case 'missing': {
      const message = 'The edge is declared and has no pact.'
      return [{ code: 'pact-missing', severity: 'error', edge, path, message, fix: 'Record it, or remove the edge.' }]
    }
    case 'invalid': {
      const { message } = evidence.pact
      return [
        { code: 'pact-invalid', severity: 'error', edge, path, message, fix: 'Remove the file and record it again.' },
      ]
    }
    case 'read':
      return evidence.pact.findings
    default:
      return evidence.pact satisfies never
  }
}

/** What recording refused, and interactions of a pact that no test recorded in this run although none failed. */
export function recordingFindings({ published, tests }: Recorded, edges: readonly EdgeEvidence[]): readonly Finding[] {
  const refused = published.flatMap(({ findings }) => findings)
  const isExplained =
    refused.length > 0 || tests.problems.length > 0 || tests.tests.some(({ status }) => status === 'failed')
  return isExplained ? refused : edges.flatMap((evidence) => unrecorded(evidence, published))
}

function unrecorded(evidence: EdgeEvidence, published: readonly Published[]): Finding[] {
  if (evidence.pact.kind !== 'read') return []
  const edge = participants(evidence)
  const recorded = published.find((candidate) => candidate.edge === edge)?.recorded ?? 0
  const missing = evidence.pact.interactions.length - recorded
  if (missing <= 0) return []
  return [
    {
      code: 'pact-stale',
      severity: 'error',
      edge,
      message: `${missing} of its ${evidence.pact.interactions.length} interactions were recorded by no test of this run.`,
      fix: 'Let their tests run, or remove them and record again.',
    },
  ]
}

/** Operations of a contract that no pact uses. */
export function unusedOperations(
  contract: EdgeEvidence['contract'],
  edges: readonly EdgeEvidence[],
): readonly string[] {
  const used = new Set(
    edges
      .filter((evidence) => evidence.contract.name === contract.name)
      .flatMap(({ pact }) => (pact.kind === 'read' ? pact.interactions.map(({ operation }) => operation) : [])),
  )
  return Object.keys(contract.operations).filter((name) => !used.has(name))
}

/** A warning for each operation, of the providers of these edges, that no pact uses. */
export function unusedOperationFindings(edges: readonly EdgeEvidence[]): readonly Finding[] {
  const contracts = [...new Map(edges.map(({ contract }) => [contract.name, contract])).values()]
  return contracts.flatMap((contract) =>
    unusedOperations(contract, edges).map((operation): Finding => ({
      code: 'operation-unrecorded',
      severity: 'warning',
      operation,
      message: `No pact uses ${contract.name}.${operation}, so nothing keeps it as it is.`,
      fix: 'Record what uses it, or remove it from the contract.',
    })),
  )
}
