import { isDeepStrictEqual } from 'node:util'
import type { AnyContract } from '#harness/contract/contract.ts'
import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import type { PactFile, PactInteraction } from '#harness/pact/file/pact-file.ts'
import { operationOf } from '#harness/pact/replay/operation-of.ts'
import { replay } from '#harness/pact/replay/replay.ts'
import type { Target } from '#harness/pact/replay/target.ts'
import type { PactVerifier } from '#harness/pact/replay/verifier.ts'
import type { Hooks, RunningProxy } from '#harness/stack/proxy/types.ts'
import type { Drift, Harmless } from './drift.ts'
import { onOperation } from '#harness/fault/on-operation.ts'

/** What a drift suite works on: a pact, and its target behind a proxy. */
export type DriftBench = Readonly<{
  pact: PactFile
  contract: AnyContract
  target: Target
  verifier: PactVerifier
  proxy: RunningProxy
  /** What is wrong without any drift: the replays say so, and neither a drift nor a harmless change is to blame. */
  known: ReadonlySet<string>
}>

/** Whether a drift was found where it is, or a harmless change raised an alarm; and what was said. */
export type DriftOutcome = Readonly<{ ok: boolean; detail: string }>

/** Applies one drift and replays what its operation is used for. Caught is: found at the operation, at the place, under the code. */
export async function applyDrift(drift: Drift, bench: DriftBench): Promise<DriftOutcome> {
  const interactions = bench.pact.interactions.filter(
    (interaction) => operationOf(bench.contract, interaction) === drift.operation && isGiven(interaction, drift),
  )
  if (interactions.length === 0) {
    const where = drift.given ? `${drift.operation} given ${drift.given.state}` : drift.operation
    return { ok: false, detail: `No interaction of the pact uses ${where}: the drift could not be applied.` }
  }
  const findings = await replayWith(onOperation(bench.contract, drift.operation, drift.hooks), bench, {
    pact: { ...bench.pact, interactions },
    timeoutMs: drift.timeoutMs ?? 5000,
  })
  const hits = findings.filter((finding) => isExpected(finding, drift) && !bench.known.has(findingKey(finding)))
  if (hits.length > 0) return { ok: true, detail: describeFinding(hits[0] as Finding) }
  const others = findings.map(describeFinding).join('\n')
  return { ok: false, detail: others === '' ? 'Nothing was found.' : `Found elsewhere than expected:\n${others}` }
}

function isGiven({ providerStates = [] }: PactInteraction, { given }: Drift): boolean {
  const wanted = Object.entries(given?.params ?? {})
  return (
    given === undefined ||
    providerStates.some(
      ({ name, params }) =>
        name === given.state && wanted.every(([key, value]) => isDeepStrictEqual(params?.[key], value)),
    )
  )
}

function isExpected(finding: Finding, { operation, expected }: Drift): boolean {
  return (
    finding.operation === operation &&
    (expected.path === undefined || expected.path.test(finding.path ?? '')) &&
    (expected.code === undefined || finding.code === expected.code)
  )
}

/** Applies a harmless change and replays everything. Fine is: nothing is found that is not known. */
export async function applyHarmless({ hooks }: Harmless, bench: DriftBench): Promise<DriftOutcome> {
  const findings = await replayWith(hooks, bench, { pact: bench.pact, timeoutMs: 5000 })
  const alarms = findings.filter((finding) => !bench.known.has(findingKey(finding)))
  return { ok: alarms.length === 0, detail: alarms.map(describeFinding).join('\n') }
}

/** What is found without any drift. */
export async function knownFindings(bench: Omit<DriftBench, 'known'>): Promise<ReadonlySet<string>> {
  const findings = await replayWith({}, bench, { pact: bench.pact, timeoutMs: 5000 })
  return new Set(findings.map(findingKey))
}

/** Without the message, which may hold values that differ each time. */
function findingKey({ code, interaction, path }: Finding): string {
  return JSON.stringify([code, interaction, path])
}

type Run = Readonly<{ pact: PactFile; timeoutMs: number }>

async function replayWith(
  hooks: Hooks,
  { contract, target, verifier, proxy }: Omit<DriftBench, 'known'>,
  { pact, timeoutMs }: Run,
): Promise<readonly Finding[]> {
  proxy.hooks(hooks)
  const replayed = await replay({ pact, contract, target: { ...target, baseUrl: proxy.url }, verifier, timeoutMs })
  return replayed.flatMap((interaction) => interaction.findings)
}
