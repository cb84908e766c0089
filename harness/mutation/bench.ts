import type { AnyContract } from '#harness/contract/contract.ts'
import type { Finding, FindingCode } from '#harness/contract/finding.ts'
import { allAtOnce } from '#harness/drift/all-at-once.ts'
import { onOperation } from '#harness/fault/on-operation.ts'
import type { PactFile } from '#harness/pact/file/pact-file.ts'
import { replay } from '#harness/pact/replay/replay.ts'
import type { Target } from '#harness/pact/replay/target.ts'
import type { PactVerifier } from '#harness/pact/replay/verifier.ts'
import type { Hooks, RunningProxy } from '#harness/stack/proxy/types.ts'
import type { Mutant } from './mutant.ts'

/** What mutants are tried on: one target behind one proxy, and one verifier, for as many edges as end there. */
export type Bench = Readonly<{ target: Target; proxy: RunningProxy; verifier: PactVerifier }>

/** A bench with the pact of one edge on it. */
export type EdgeBench = Bench & Readonly<{ pact: PactFile; contract: AnyContract }>

/** The target does not do what a replay needs, whatever is changed between them: nothing can be tried any more. */
export class BenchBroken extends Error {
  override readonly name = 'BenchBroken'
  readonly finding: Finding

  constructor(finding: Finding) {
    super(finding.message)
    this.finding = finding
  }
}

/** What says nothing about a mutant. */
const ofTheBench: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'state-failed',
  'state-without-handler',
  'target-unreachable',
  'not-replayed',
])

/** Milliseconds that an answer may take, where nothing else is said. */
export const patienceMs = 5000

/**
 * The first of some findings that a mutant is to blame for.
 * @throws BenchBroken where there is one that it cannot be.
 */
export function blamed(findings: readonly Finding[]): Finding | undefined {
  const broken = findings.find(({ code }) => ofTheBench.has(code))
  if (broken) throw new BenchBroken(broken)
  return findings[0]
}

/** Hooks of several mutants as one; each is told where it has changed something. */
export function hooksOf(mutants: readonly Mutant[], bench: EdgeBench, changed: (mutant: Mutant) => void): Hooks {
  const all = mutants.map((mutant) => ({
    name: mutant.change,
    hooks: onOperation(
      bench.contract,
      mutant.operation,
      mutant.hooks(() => changed(mutant)),
    ),
  }))
  const [only] = all
  return only && all.length === 1 ? only.hooks : allAtOnce(all).hooks
}

type Through = Readonly<{ hooks: Hooks; timeoutMs?: number | undefined }>

/** Asks the target what some interactions ask, each on states of its own, through the proxy with these hooks. */
export async function replayThrough(
  { pact, contract, target, proxy, verifier }: EdgeBench,
  indexes: readonly number[],
  { hooks, timeoutMs = patienceMs }: Through,
): Promise<readonly Finding[]> {
  proxy.hooks(hooks)
  const interactions = indexes.flatMap((index) => pact.interactions[index] ?? [])
  const through = { ...target, baseUrl: proxy.url }
  const replayed = await replay({ pact: { ...pact, interactions }, contract, target: through, verifier, timeoutMs })
  return replayed.flatMap(({ findings }) => findings)
}
