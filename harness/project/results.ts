import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '#harness/contract/finding.ts'

/** The variable that says where a gate's stages put what they found out; unset outside a gate. */
export const resultsVariable = 'CONCORDAT_RESULTS'

/** What one stage found out, for the verdict. */
export type StageResult =
  | Readonly<{
      kind: 'replay'
      system: string
      edge: string
      target: string
      interactions: readonly ReplayResult[]
      milliseconds: number
      stores: readonly string[]
    }>
  | Readonly<{
      kind: 'drift'
      system: string
      edge: string
      /** The test file that applied the drifts. */
      suite: string
      target: string
      drifts: readonly Readonly<{ name: string; class: string; caught: boolean; detail: string }>[]
      harmless: readonly Readonly<{ name: string; alarmed: boolean; detail: string }>[]
    }>
  | ScenarioResult
  | SurvivalResult
  | MutationResult
  | Readonly<{ kind: 'load'; system: string; name: string; figures: readonly LoadFigure[] }>

/** How a story went on one kind of stack. */
export type ScenarioResult = Readonly<{
  kind: 'scenario'
  system: string
  story: string
  target: string
  passed: boolean
  milliseconds?: number
  /** What went over the edges; absent where there are no taps, as in process and in the browser. */
  traffic?: StoryTraffic
}>

/** What went over the edges of a stack while a story was told. Bodies, headers and values in paths are not kept. */
export type StoryTraffic = Readonly<{
  /** The first ones, in the order in which they began. */
  exchanges: readonly ToldExchange[]
  /** How many came after those. */
  left: number
  /** How often each operation was called, and each path that no operation has. */
  calls: readonly ToldCalls[]
}>

export type ToldExchange = Readonly<{
  consumer: string
  provider: string
  /** Absent where the contract has none for it. */
  operation?: string
  /** `POST /api/conversations`: by the contract's template where there is an operation. */
  signature: string
  /** Milliseconds since the first exchange began. */
  at: number
  milliseconds: number
  /** Absent where no answer came; 101 for a channel. */
  status?: number
  /** As the proxy has it: `answered`, `streamed`, `reset`, … */
  outcome: string
  /** Events of a stream, or messages of a channel in both directions. */
  items?: number
}>

export type ToldCalls = Readonly<{
  consumer: string
  provider: string
  operation?: string
  signature: string
  count: number
}>

/** Whether a consumer survived a fault on one interaction that it records. */
export type SurvivalResult = Readonly<{
  kind: 'survival'
  system: string
  edge: string
  operation: string
  interaction: string
  /** In words, as in the title of its test: `connection reset, twice`. */
  fault: string
  survived: boolean
  /** What is wrong, and why; empty where it survived. */
  detail: string
  /** The test file that tried it. */
  suite: string
}>

/** What came of small deviations of a provider, tried on the pact of one edge. */
export type MutationResult = Readonly<{
  kind: 'mutation'
  system: string
  edge: string
  target: string
  seed: number
  /** How many mutants were tried before the time was over, of how many there are. */
  tried: number
  of: number
  /** Those that a replay has to notice, and did. */
  applied: number
  caught: number
  /** Those that no replay may notice, and those of them that one did. */
  harmless: number
  falseAlarms: number
  survivors: readonly SurvivorResult[]
  alarms: readonly AlarmResult[]
  /** Titles of mutants that found nothing to change: the target's replies had no such thing. */
  unchanged: readonly string[]
  /** What no replay of this pact could notice, and why. */
  unobservable: readonly Readonly<{ operation: string; place: string; change: string; why: string; advice: string }>[]
  milliseconds: number
}>

/** A mutant that no interaction noticed, with the one that should have. */
export type SurvivorResult = Readonly<{
  title: string
  class: string
  operation: string
  place: string
  interaction: string
  severity: 'error' | 'warning'
  /** What to add to the consumer's test, and where it is: `file:line`. */
  advice: string
  where?: string
}>

/** A harmless change that an interaction took for a drift. */
export type AlarmResult = Readonly<{
  title: string
  operation: string
  place: string
  interaction: string
  detail: string
}>

/** One thing that was measured: `{ name: 'p95', value: 12.3, unit: 'ms' }`. */
export type LoadFigure = Readonly<{ name: string; value: number; unit: string }>

export type ReplayResult = Readonly<{
  description: string
  operation: string | undefined
  findings: readonly Finding[]
}>

/** Keeps a result for the gate that runs this stage; does nothing outside one. */
export async function keepResult(result: StageResult): Promise<void> {
  const folder = process.env[resultsVariable]
  if (!folder) return
  await mkdir(folder, { recursive: true })
  const text = JSON.stringify(result)
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16)
  await writeFile(join(folder, `${result.kind}-${name}.json`), text)
}

/** All results that the stages of a gate kept. */
export async function readResults(folder: string): Promise<readonly StageResult[]> {
  const files = await readdir(folder).catch(() => [])
  return Promise.all(
    files
      .toSorted((a, b) => a.localeCompare(b))
      .map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as StageResult),
  )
}
