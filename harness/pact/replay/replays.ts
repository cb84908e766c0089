import { useAll } from '#harness/stack/use-all.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { describeFinding } from '#harness/contract/finding.ts'
import { edgeName, edgesInto, type Edge, type System } from '#harness/contract/system.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { keepResult } from '#harness/project/results.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { lintPact } from '../file/lint.ts'
import { readPact, type PactFile } from '../file/pact-file.ts'
import { explainReplay } from './explain.ts'
import { openTarget, type OpenTarget } from './open-target.ts'
import { replay, type ReplayedInteraction } from './replay.ts'
import { startVerifier, type PactVerifier } from './verifier.ts'

/**
 * Registers one Jest test for each interaction of each pact with this component, replayed against its live service or
 * its mock. An edge without a pact, an empty pact and a pact older than its consumer test are failing tests.
 */
export async function replays(systemName: string, component: string, kind: 'live' | 'mock'): Promise<void> {
  const system = await loadSystem(systemName)
  const edges = edgesInto(system, component)
  if (edges.length === 0)
    throw new Error(
      `no edge of ${systemName} ends at "${component}": there is nothing to replay. Declare one in contracts/${systemName}/system.ts.`,
    )
  const pacts = await Promise.all(edges.map((edge) => readEdge(system, edge)))

  describe(`${systemName}/${component} on ${kind}`, () => {
    const resources = new AsyncDisposableStack()
    let target: OpenTarget
    let verifier: PactVerifier
    beforeAll(async () => {
      ;[target, verifier] = await useAll(resources, [openTarget(system, component, { kind }), startVerifier()])
    }, startUpMs)
    afterAll(() => resources.disposeAsync(), startUpMs)

    edges.forEach((edge, index) => {
      describe(edgeName(edge), () =>
        registerEdge({ system, edge, kind, pact: pacts[index], open: () => ({ target, verifier }) }),
      )
    })
  })
}

async function readEdge(system: System, edge: Edge): Promise<PactFile | undefined> {
  const file = paths.pact(system.name, edge)
  return existsSync(file) ? readPact(file) : undefined
}

type Registered = Readonly<{
  system: System
  edge: Edge
  kind: 'live' | 'mock'
  pact: PactFile | undefined
  open: () => { target: OpenTarget; verifier: PactVerifier }
}>

function registerEdge({ system, edge, kind, pact, open }: Registered): void {
  const contract = system.components[edge.provider]?.contract
  const file = relative(projectRoot, paths.pact(system.name, edge))
  test('has a pact that holds interactions, keeps the contract and is as new as its consumer tests', async () => {
    if (!pact || !contract)
      throw new Error(
        `${file} is missing: the edge is declared and nothing was recorded. Run \`npm run concordat -- record\`.`,
      )
    const findings = await lintPact(pact, contract, projectRoot)
    if (findings.length > 0) throw new Error(findings.map(describeFinding).join('\n'))
  })
  if (!pact || !contract) return

  let results: readonly ReplayedInteraction[] = []
  beforeAll(async () => {
    const started = performance.now()
    const { target, verifier } = open()
    results = await replay({ pact, contract, target, verifier })
    await keepResult({
      kind: 'replay',
      system: system.name,
      edge: edgeName(edge),
      target: kind,
      interactions: results.map(({ interaction, operation, findings }) => ({
        description: interaction.description,
        operation,
        findings,
      })),
      milliseconds: performance.now() - started,
      stores: target.stores,
    })
  }, startUpMs)

  pact.interactions.forEach((interaction, index) => {
    test(interaction.description, () => {
      const result = results[index]
      if (!result) throw new Error('it was not replayed: the replay ended before it.')
      const rerun = `npm run concordat -- replay ${system.name}/${edge.provider} --target ${kind} --only ${JSON.stringify(interaction.description)}`
      if (result.findings.length > 0) throw new ReplayFailure(explainReplay(result, open().target, rerun))
    })
  })
}

/** Fails a replay's test. Its stack says nothing that its message does not. */
class ReplayFailure extends Error {
  override readonly name = 'ReplayFailure'

  constructor(explanation: string) {
    super(explanation)
    this.stack = explanation
  }
}
