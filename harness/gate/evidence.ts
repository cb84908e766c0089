import type { Finding } from '#harness/contract/finding.ts'
import type { StageResult } from '#harness/project/results.ts'
import type { EdgeEvidence } from './edges.ts'
import type { JestOutcome } from './jest-outcome.ts'
import type { Recorded } from './pact-evidence.ts'

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
