import type { Finding } from '#harness/contract/finding.ts'
import { mutationFindings } from '#harness/mutation/mutation-findings.ts'
import { driftFindings, silentSuites } from './drift-evidence.ts'
import { amongEdges } from './edges.ts'
import { driftTable, type OperationRow } from './drift-table.ts'
import type { GateEvidence } from './evidence.ts'
import { pactFindings, recordingFindings, unusedOperationFindings } from './pact-evidence.ts'
import { replayFindings } from './replay-evidence.ts'
import { staticFindings } from './static-stage.ts'
import { summarize, type Summary } from './summary.ts'
import { survivalFindings } from './survival-evidence.ts'
import { failuresOf, type Failure } from './test-failures.ts'

export type Verdict = Readonly<{
  kind: 'green' | 'red' | 'nothing verified'
  /** The pacts alone were enough: nothing was started. */
  stopped: boolean
  findings: readonly Finding[]
  /** Failed tests with what Jest says of them; their findings are among the above. */
  failures: readonly Failure[]
  summary: Summary
  /** Each operation against contract, live and mock. */
  table: readonly OperationRow[]
}>

/**
 * The verdict, from evidence alone: green is what was recorded, replayed on live and on mock, told and tried, and found
 * well. What nobody reports on is red, as is everything that somebody found; without edges or interactions it is neither.
 */
export function verdictOf(evidence: GateEvidence): Verdict {
  const { edges, ran, recorded, results, tests } = evidence
  if (evidence.stopped) return stoppedVerdict(evidence)
  const replayed = amongEdges(edges, ran?.replayed)
  const failures = failuresOf([recorded.tests, tests], { edges, results })
  const findings = unique([
    ...evidence.findings,
    ...staticFindings(evidence.checks),
    ...recordingFindings(recorded, amongEdges(edges, ran?.recorded)),
    ...edges.flatMap(pactFindings),
    ...replayed.flatMap((edge) => replayFindings(edge, results)),
    ...survivalFindings(results),
    ...driftFindings(results),
    ...mutationFindings(results),
    ...silentSuites(tests, results),
    ...failures.flatMap((failure) => failure.findings),
    ...unusedOperationFindings(edges),
  ])
  const summary = summarize(evidence)
  return {
    kind: kindOf(summary, findings),
    stopped: false,
    findings,
    failures,
    summary,
    table: driftTable(replayed, results),
  }
}

/** What the pacts alone say. That nothing was recorded or replayed follows from that. */
function stoppedVerdict(evidence: GateEvidence): Verdict {
  const { edges, checks } = evidence
  const findings = unique([...evidence.findings, ...staticFindings(checks), ...edges.flatMap(pactFindings)])
  return { kind: 'red', stopped: true, findings, failures: [], summary: summarize(evidence), table: [] }
}

function kindOf({ edges, declared, recorded }: Summary, findings: readonly Finding[]): Verdict['kind'] {
  // Where nothing is affected there is nothing to verify, and that is well.
  if (declared === 0 || (edges > 0 && recorded === 0)) return 'nothing verified'
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
