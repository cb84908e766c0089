import { useAll } from '#harness/stack/use-all.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import { readPact, type PactFile } from '#harness/pact/file/pact-file.ts'
import { openTarget, type OpenTarget } from '#harness/pact/replay/open-target.ts'
import { startVerifier } from '#harness/pact/replay/verifier.ts'
import { paths } from '#harness/project/paths.ts'
import { keepResult } from '#harness/project/results.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { Edge } from '#harness/contract/system.ts'
import { applyDrift, applyHarmless, knownFindings, type DriftBench } from './apply-drift.ts'
import type { Drift, Harmless } from './drift.ts'

/** Enough for a replay of everything on a busy machine. */
const oneDriftMs = 60_000

type Suite = Readonly<{
  system: string
  edge: Edge
  on: 'live' | 'mock'
  drifts: readonly Drift[]
  harmless: readonly Harmless[]
}>

type Kept = {
  drifts: { name: string; class: string; caught: boolean; detail: string }[]
  harmless: { name: string; alarmed: boolean; detail: string }[]
}

/**
 * Registers one Jest test for each drift and each harmless change of an edge, on its provider's live service or on its
 * mock: each drift has to be found at its operation and field, each harmless change has to stay green.
 */
export async function driftSuite({ system: name, edge, on: kind, drifts, harmless }: Suite): Promise<void> {
  const system = await loadSystem(name)
  const pact = await readPact(paths.pact(name, edge))
  const contract = system.components[edge.provider]?.contract
  if (!contract)
    throw new Error(`${name}/${edge.provider} has no contract. Declare one in contracts/${name}/system.ts.`)

  describe(`drift of ${name}/${edge.provider} on ${kind}`, () => {
    const kept: Kept = { drifts: [], harmless: [] }
    const resources = new AsyncDisposableStack()
    let bench: DriftBench
    beforeAll(async () => {
      const [target, verifier] = await useAll(resources, [openTarget(system, edge.provider, { kind }), startVerifier()])
      bench = await benchOf({ pact, contract, target, verifier }, resources)
    }, startUpMs)
    afterAll(async () => {
      await keepResult({ kind: 'drift', system: name, target: kind, ...kept })
      await resources.disposeAsync()
    }, startUpMs)

    test.each(drifts.map((drift) => [`${drift.class} ${drift.operation}: ${drift.name}`, drift] as const))(
      'catches %s',
      async (title, drift) => {
        const { ok, detail } = await applyDrift(drift, bench)
        kept.drifts.push({ name: title, class: drift.class, caught: ok, detail })
        if (!ok) throw new Error(`the drift was not caught. ${detail}`)
      },
      oneDriftMs,
    )
    test.each(harmless.map((change) => [change.name, change] as const))(
      'stays green with %s',
      async (title, change) => {
        const { ok, detail } = await applyHarmless(change, bench)
        kept.harmless.push({ name: title, alarmed: !ok, detail })
        if (!ok) throw new Error(`a harmless change raised an alarm:\n${detail}`)
      },
      oneDriftMs,
    )
  })
}

type Parts = Readonly<{
  pact: PactFile
  contract: DriftBench['contract']
  target: OpenTarget
  verifier: DriftBench['verifier']
}>

async function benchOf(parts: Parts, resources: AsyncDisposableStack): Promise<DriftBench> {
  const bench = { ...parts, proxy: resources.use(await startProxy({ target: parts.target.baseUrl })) }
  return { ...bench, known: await knownFindings(bench) }
}
