import { useAll } from '#harness/stack/use-all.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import { readPact, type PactFile } from '#harness/pact/file/pact-file.ts'
import { openTarget, type OpenTarget } from '#harness/pact/replay/open-target.ts'
import { startVerifier } from '#harness/pact/replay/verifier.ts'
import { paths } from '#harness/project/paths.ts'
import { keepResult } from '#harness/project/results.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { RunningProxy } from '#harness/stack/proxy/types.ts'
import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import { applyDrift, applyHarmless, knownFindings, type DriftBench } from './apply-drift.ts'
import type { Drift, Harmless } from './drift.ts'

/** Enough for a replay of everything on a busy machine. */
const oneDriftMs = 60_000

type Suite = Readonly<{
  system: string
  provider: string
  on: 'live' | 'mock'
  /** What is tried on each edge that ends at the provider, by consumer. */
  edges: Readonly<Record<string, Readonly<{ drifts: readonly Drift[]; harmless: readonly Harmless[] }>>>
}>

type Kept = {
  drifts: { name: string; class: string; caught: boolean; detail: string }[]
  harmless: { name: string; alarmed: boolean; detail: string }[]
}

/**
 * Registers one Jest test for each drift and each harmless change of a provider, on its live service or on its mock: each
 * drift has to be found at its operation and field by the pact of its edge, each harmless change has to stay green.
 * @throws Error where the provider has no contract, TypeError where no such edge is declared.
 */
export async function driftSuite({ system: name, provider, on: kind, edges }: Suite): Promise<void> {
  const system = await loadSystem(name)
  const contract = system.components[provider]?.contract
  if (!contract) throw new Error(`${name}/${provider} has no contract. Declare one in contracts/${name}/system.ts.`)
  const suite = expect.getState().testPath ?? ''
  const pacts = await Promise.all(Object.keys(edges).map((consumer) => pactOf(system, { consumer, provider })))

  describe(`drift of ${name}/${provider} on ${kind}`, () => {
    const resources = new AsyncDisposableStack()
    let opened: Opened
    beforeAll(async () => {
      const [target, verifier] = await useAll(resources, [openTarget(system, provider, { kind }), startVerifier()])
      opened = { target, verifier, proxy: resources.use(await startProxy({ target: target.baseUrl })) }
    }, startUpMs)
    afterAll(() => resources.disposeAsync(), startUpMs)

    Object.entries(edges).forEach(([consumer, { drifts, harmless }], index) => {
      const edge = edgeName({ consumer, provider })
      describe(edge, () => {
        const kept: Kept = { drifts: [], harmless: [] }
        let bench: DriftBench
        beforeAll(async () => {
          const parts = { pact: pacts[index] as PactFile, contract, ...opened }
          bench = { ...parts, known: await knownFindings(parts) }
        }, startUpMs)
        afterAll(() => keepResult({ kind: 'drift', system: name, edge, suite, target: kind, ...kept }))
        registerDrifts(drifts, kept, () => bench)
        registerHarmless(harmless, kept, () => bench)
      })
    })
  })
}

type Opened = Readonly<{ target: OpenTarget; verifier: DriftBench['verifier']; proxy: RunningProxy }>

function pactOf(system: System, edge: Edge): Promise<PactFile> {
  if (!system.edges.some((declared) => edgeName(declared) === edgeName(edge)))
    throw new TypeError(`${system.name} declares no edge ${edgeName(edge)}. Name one of its consumers.`)
  return readPact(paths.pact(system.name, edge))
}

function registerDrifts(drifts: readonly Drift[], kept: Kept, bench: () => DriftBench): void {
  test.each(drifts.map((drift) => [`${drift.class} ${drift.operation}: ${drift.name}`, drift] as const))(
    'catches %s',
    async (title, drift) => {
      const { ok, detail } = await applyDrift(drift, bench())
      kept.drifts.push({ name: title, class: drift.class, caught: ok, detail })
      if (!ok) throw new Error(`the drift was not caught. ${detail}`)
    },
    oneDriftMs,
  )
}

function registerHarmless(harmless: readonly Harmless[], kept: Kept, bench: () => DriftBench): void {
  test.each(harmless.map((change) => [change.name, change] as const))(
    'stays green with %s',
    async (title, change) => {
      const { ok, detail } = await applyHarmless(change, bench())
      kept.harmless.push({ name: title, alarmed: !ok, detail })
      if (!ok) throw new Error(`a harmless change raised an alarm:\n${detail}`)
    },
    oneDriftMs,
  )
}
