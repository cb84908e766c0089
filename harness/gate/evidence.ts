import type { Finding } from '#harness/contract/finding.ts'
import type { StageResult } from '#harness/project/results.ts'
import type { EdgeEvidence } from './edges.ts'
import type { JestOutcome } from './jest-outcome.ts'
import type { Recorded } from './pact-evidence.ts'
import type { StaticCheck } from './static-check.ts'

/** The edges that ran, by key. One that recording alone changed was replayed, and not all that records it ran. */
export type RanEdges = Readonly<{ recorded: ReadonlySet<string>; replayed: ReadonlySet<string> }>

/** All that a gate knows in the end. */
export type GateEvidence = Readonly<{
  /** Every declared edge, with its pact. */
  edges: readonly EdgeEvidence[]
  /** Those among them that ran, by key; undefined where all did. */
  ran: RanEdges | undefined
  /** What comparing pacts with OpenAPI documents gave. */
  checks: readonly StaticCheck[]
  /** Nothing was started, as the pacts alone were enough for a verdict. */
  stopped: boolean
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
