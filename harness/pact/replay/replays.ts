import { useAll } from '#harness/stack/use-all.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import type { AnyContract } from '#harness/contract/contract.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { edgeName, edgesInto, entriesTo, servedComponents, type Edge, type System } from '#harness/contract/system.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { keepResult } from '#harness/project/results.ts'
import { selectedEdges } from '#harness/project/selected-edges.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { openComposeStack, type ComposeStack } from '#harness/stack/compose/compose-stack.ts'
import { findDockerEngine } from '#harness/stack/stores/docker.ts'
import { describeWhen } from '#harness/stack/testing/describe-when.ts'
import { lintPact } from '../file/lint.ts'
import { readPact, type PactFile } from '../file/pact-file.ts'
import { bodyLimits, replayBodyLimit } from './body-limits.ts'
import { composeTarget } from './compose-target.ts'
import { explainReplay } from './explain.ts'
import { correct, expectFound, type Misconfiguration } from './misconfiguration.ts'
import { openTarget, type OpenTarget } from './open-target.ts'
import { replay, type ReplayedInteraction } from './replay.ts'
import { startVerifier, type PactVerifier } from './verifier.ts'

type Kind = 'live' | 'mock' | 'compose'

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
  const pacts = await readEdges(system, selectedEdges(systemName, edges))
  registerComponent({ system, component, kind, pacts, openTarget: () => openTarget(system, component, { kind }) })
}

/** Building images from nothing, and starting what is built, on a busy machine. */
const composeMs = 600_000

/**
 * Registers the same tests for all components of a system as containers out of its Compose file, one component after the
 * other, each through the entry that passes requests on to it, if one does. There bodies are as large as they may be, too,
 * and each mistake in the entry's configuration has to be found. Without a Docker engine they are skipped, and say so.
 */
export async function replaysInContainers(
  systemName: string,
  { misconfigurations = [] }: Readonly<{ misconfigurations?: readonly Misconfiguration[] }> = {},
): Promise<void> {
  const system = await loadSystem(systemName)
  const edges = selectedEdges(systemName, system.edges)
  const components = servedComponents(system).filter((name) => edges.some(({ provider }) => provider === name))
  const pacts = await Promise.all(
    components.map((name) =>
      readEdges(
        system,
        edges.filter(({ provider }) => provider === name),
      ),
    ),
  )
  const engine = await findDockerEngine()
  describeWhen(engine.kind === 'silent' ? engine.reason : undefined, `${systemName} in containers`, () => {
    let stack: ComposeStack
    beforeAll(async () => {
      stack = await openComposeStack(system)
    }, composeMs)
    afterAll(() => stack?.[Symbol.asyncDispose](), composeMs)

    components.forEach((component, index) => {
      const [via] = entriesTo(system, component)
      const isLast = index === components.length - 1
      registerComponent({
        system,
        component,
        kind: 'compose',
        pacts: pacts[index] ?? [],
        openTarget: () => openInStack(system, component, { stack, via, isLast }),
        ...(via !== undefined && {
          entry: {
            via,
            stack: () => stack,
            misconfigurations: misconfigurations.filter((mistake) => mistake.component === component),
          },
        }),
      })
    })
  })
}

type InStack = Readonly<{ stack: ComposeStack; via: string | undefined; isLast: boolean }>

/** A component of a stack; it makes room for the next one. */
async function openInStack(system: System, component: string, { stack, via, isLast }: InStack): Promise<OpenTarget> {
  const target = await composeTarget(system, component, { stack, ...(via !== undefined && { via }) })
  return {
    ...target,
    async [Symbol.asyncDispose]() {
      await target[Symbol.asyncDispose]()
      if (!isLast) await stack.stop(component)
    },
  }
}

type Component = Readonly<{
  system: System
  component: string
  kind: Kind
  pacts: readonly EdgePact[]
  openTarget: () => Promise<OpenTarget>
  entry?: Entry
}>

/** The entry that a component is asked through, and what is tried on it. */
type Entry = Readonly<{
  via: string
  stack: () => ComposeStack
  misconfigurations: readonly Misconfiguration[]
}>

function registerComponent({ system, component, kind, pacts, openTarget: open, entry }: Component): void {
  const where = entry === undefined ? kind : `${kind} via ${entry.via}`
  const patienceMs = kind === 'compose' ? composeMs : startUpMs
  describe(`${system.name}/${component} on ${where}`, () => {
    const resources = new AsyncDisposableStack()
    let opened: Opened | undefined
    beforeAll(async () => {
      const [target, verifier] = await useAll(resources, [open(), startVerifier()])
      opened = { target, verifier }
    }, patienceMs)
    afterAll(() => resources.disposeAsync(), patienceMs)

    function whatIsOpen(): Opened {
      if (!opened) throw new Error('the target did not start: see above.')
      return opened
    }
    for (const { edge, pact } of pacts) {
      describe(edgeName(edge), () => registerEdge({ system, edge, kind, pact, open: whatIsOpen, entry }))
    }
  })
}

type EdgePact = Readonly<{ edge: Edge; pact: PactFile | undefined }>

function readEdges(system: System, edges: readonly Edge[]): Promise<readonly EdgePact[]> {
  return Promise.all(edges.map(async (edge) => ({ edge, pact: await readEdge(system, edge) })))
}

async function readEdge(system: System, edge: Edge): Promise<PactFile | undefined> {
  const file = paths.pact(system.name, edge)
  return existsSync(file) ? readPact(file) : undefined
}

type Opened = Readonly<{ target: OpenTarget; verifier: PactVerifier }>

type Registered = Readonly<{
  system: System
  edge: Edge
  kind: Kind
  pact: PactFile | undefined
  open: () => Opened
  entry: Entry | undefined
}>

function registerEdge({ system, edge, kind, pact, open, entry }: Registered): void {
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
      const target = entry === undefined ? kind : `${kind} --via ${entry.via}`
      const rerun = `npm run concordat -- replay ${system.name}/${edge.provider} --target ${target} --only ${JSON.stringify(interaction.description)}`
      if (result.findings.length > 0) throw new ReplayFailure(explainReplay(result, open().target, rerun))
    })
  })
  if (entry) registerEntry(entry, { system, contract, pact, open })
}

type BehindEntry = Readonly<{ system: System; contract: AnyContract; pact: PactFile; open: () => Opened }>

function registerEntry({ via, stack, misconfigurations }: Entry, { system, contract, pact, open }: BehindEntry): void {
  test.each(bodyLimits(pact, contract).map((limit) => [limit.description, limit] as const))(
    '%s',
    async (_description, limit) => {
      const findings = await replayBodyLimit(limit, { pact, contract, target: open().target })
      if (findings.length > 0) throw new ReplayFailure(findings.map(describeFinding).join('\n'))
    },
    startUpMs,
  )

  if (misconfigurations.length === 0) return
  describe(`a mistake in the configuration of ${via} is found`, () => {
    afterAll(() => correct(via, { system, stack: stack() }), startUpMs)
    test.each(misconfigurations.map((mistake) => [mistake.name, mistake] as const))(
      '%s',
      (_name, mistake) => expectFound(mistake, { system, contract, pact, stack: stack(), ...open() }),
      startUpMs,
    )
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
