import type { Finding } from '#harness/contract/finding.ts'
import { edgeName, pactFileName, type Edge, type System } from '#harness/contract/system.ts'
import { readPactIfAny } from '#harness/pact/file/pact-file.ts'
import { openTarget } from '#harness/pact/replay/open-target.ts'
import { startVerifier } from '#harness/pact/replay/verifier.ts'
import { paths } from '#harness/project/paths.ts'
import type { MutationResult } from '#harness/project/results.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import { useAll } from '#harness/stack/use-all.ts'
import type { Bench } from './bench.ts'
import { mutateEdge, type MutatedEdge, type MutationChoice } from './mutate-edge.ts'

/** Edges that end at one component. */
export type ProviderEdges = Readonly<{ system: System; provider: string; edges: readonly Edge[] }>

/** All edges of a system, by the component that they end at. */
export function byProvider(system: System): readonly ProviderEdges[] {
  const groups = Map.groupBy(system.edges, ({ provider }) => provider)
  return [...groups].map(([provider, edges]) => ({ system, provider, edges }))
}

export type MutationRequest = MutationChoice &
  Readonly<{
    target: 'live' | 'mock'
    /** Milliseconds for all mutants together; starting targets is not counted. */
    budgetMs: number
    /** Told that an edge begins; what it gives is told how it ended. */
    started: (what: string) => (result: MutationResult) => void
    /** Rejects when it has to stop. */
    interrupted: Promise<never>
  }>

/** What came of several edges. */
export type Mutated = Readonly<{ edges: readonly MutatedEdge[]; findings: readonly Finding[] }>

/**
 * Tries mutants on edges, provider after provider: one target, one verifier and one proxy for all edges that end there.
 * Each edge may take its part of the time that is left.
 * @throws EnvironmentError where a target cannot be started; whatever `interrupted` rejects with.
 */
export async function mutateProviders(providers: readonly ProviderEdges[], request: MutationRequest): Promise<Mutated> {
  const edges: MutatedEdge[] = []
  const findings: Finding[] = []
  let leftMs = request.budgetMs
  let leftEdges = providers.reduce((count, one) => count + one.edges.length, 0)
  for (const one of providers) {
    await using resources = new AsyncDisposableStack()
    const bench = await Promise.race([openBench(one, request.target, resources), request.interrupted])
    for (const edge of one.edges) {
      const tried = mutateOne({ ...one, edge, bench }, { ...request, budgetMs: Math.max(0, leftMs / leftEdges) })
      const mutated = await Promise.race([tried, request.interrupted])
      leftEdges--
      if ('code' in mutated) {
        findings.push(mutated)
        continue
      }
      leftMs -= mutated.result.milliseconds
      edges.push(mutated)
      findings.push(...mutated.findings)
    }
  }
  return { edges, findings }
}

async function openBench(
  { system, provider }: ProviderEdges,
  kind: 'live' | 'mock',
  resources: AsyncDisposableStack,
): Promise<Bench> {
  const [target, verifier] = await useAll(resources, [openTarget(system, provider, { kind }), startVerifier()])
  return { target, verifier, proxy: resources.use(await startProxy({ target: target.baseUrl })) }
}

type One = ProviderEdges & Readonly<{ edge: Edge; bench: Bench }>

async function mutateOne(
  { system, provider, edge, bench }: One,
  { started, ...choice }: MutationRequest,
): Promise<MutatedEdge | Finding> {
  const contract = system.components[provider]?.contract
  const pact = await readPactIfAny(paths.pact(system.name, edge))
  if (!pact || !contract) return missing(system, edge)
  const ended = started(`${system.name}: ${edgeName(edge)} on ${choice.target}`)
  const mutated = await mutateEdge({ ...choice, system: system.name, edge, bench: { ...bench, pact, contract } })
  ended(mutated.result)
  return mutated
}

function missing(system: System, edge: Edge): Finding {
  return {
    code: 'pact-missing',
    severity: 'error',
    edge: edgeName(edge),
    path: `pacts/${system.name}/${pactFileName(edge)}`,
    message: 'The edge is declared and has no pact.',
    fix: 'Record it with "npm run concordat -- record".',
  }
}
