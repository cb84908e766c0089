import type { Finding } from '#harness/contract/finding.ts'
import type { StageResult } from '#harness/project/results.ts'
import { driftFindings } from './drift-evidence.ts'
import type { EdgeEvidence } from './edges.ts'
import type { JestOutcome } from './jest-outcome.ts'
import { pactFindings, recordingFindings, type Recorded } from './pact-evidence.ts'
import { replayFindings } from './replay-evidence.ts'
import { summarize, type Summary } from './summary.ts'
import { failuresOf, type Failure } from './test-failures.ts'

/** All that a gate knows in the end. */
export type GateEvidence = Readonly<{
  /** Every declared edge, with its pact. */
  edges: readonly EdgeEvidence[]
  /** What recording gave. */
  recorded: Recorded
  /** What the stages kept. */
  results: readonly StageResult[]
  /** What came of the tests that replay and tell scenarios. */
  tests: JestOutcome
  /** What was found without running anything: the layout, pacts without an edge. */
  findings: readonly Finding[]
  milliseconds: number
}>

export type Verdict = Readonly<{
  kind: 'green' | 'red' | 'nothing verified'
  findings: readonly Finding[]
  /** Failed tests with what Jest says of them; their findings are among the above. */
  failures: readonly Failure[]
  summary: Summary
}>

/**
 * The verdict, from evidence alone: green is what was recorded, replayed on live and on mock, told and tried, and found
 * well. What nobody reports on is red, as is everything that somebody found; without edges or interactions it is neither.
 */
export function verdictOf(evidence: GateEvidence): Verdict {
  const { edges, recorded, results, tests } = evidence
  const failures = failuresOf([recorded.tests, tests], { edges, results })
  const findings = unique([
    ...evidence.findings,
    ...recordingFindings(recorded, edges),
    ...edges.flatMap(pactFindings),
    ...edges.flatMap((edge) => replayFindings(edge, results)),
    ...driftFindings(results),
    ...failures.flatMap((failure) => failure.findings),
  ])
  const summary = summarize(evidence)
  return { kind: kindOf(summary, findings), findings, failures, summary }
}

function kindOf({ edges, recorded }: Summary, findings: readonly Finding[]): Verdict['kind'] {
  if (edges === 0 || recorded === 0) return 'nothing verified'
  return findings.some(({ severity }) => severity === 'error') ? 'red' : 'green'
}

/** Errors first; the same thing found by two stages once. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  const byText = new Map(findings.map((finding) => [JSON.stringify(finding), finding]))
  return [...byText.values()].toSorted((a, b) => rank(a) - rank(b))
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1
}
