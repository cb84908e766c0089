import type { Finding } from '#harness/contract/finding.ts'
import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import { intercept } from '#harness/mock/msw/intercept.ts'
import { mockOptions, openTarget, type OpenTarget } from '#harness/pact/replay/open-target.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { Exchange, RunningProxy } from '#harness/stack/proxy/types.ts'
import { requestIdFindings } from './request-ids.ts'

/** How a component of a stack runs: as the real service, as its mock on a port, or as its mock in this process (MSW). */
export type StackKind = 'live' | 'mock' | 'msw'

/** A running set of components of one system. Every edge has a listener of its own, a tap: who called whom is known. */
export type Stack = AsyncDisposable &
  Readonly<{
    kind: StackKind
    /** Where a consumer finds a provider. */
    url: (consumer: string, provider: string) => string
    /** Puts a component into a state; gives what the state provides. */
    setUp: (
      component: string,
      state: string,
      params: Readonly<Record<string, unknown>>,
    ) => Promise<Readonly<Record<string, unknown>>>
    /** Takes back all states. */
    reset: () => Promise<void>
    /** What went over an edge since the last reset. Nothing for a stack in process, which has no taps. */
    traffic: (consumer: string, provider: string) => readonly Exchange[]
    /** What was wrong on the way: a request id that a hop dropped or changed. */
    findings: () => readonly Finding[]
    /** What it runs on, for people. */
    stores: readonly string[]
  }>

/** Starts all components of a system that others call, and a tap on every edge. */
export async function startStack(system: System, kind: StackKind): Promise<Stack> {
  await using resources = new AsyncDisposableStack()
  const providers = [...new Set(system.edges.map((edge) => edge.provider))]
  const ordered = system.startOrder.filter((name) => providers.includes(name))
  const running = new Map<string, OpenTarget>()
  for (const name of ordered) running.set(name, resources.use(await startComponent(system, name, kind)))
  const taps = new Map<string, RunningProxy>()
  if (kind !== 'msw') {
    for (const edge of system.edges)
      taps.set(edgeName(edge), resources.use(await startProxy({ target: componentOf(edge.provider).baseUrl })))
  }
  const owned = resources.move()
  function componentOf(name: string): OpenTarget {
    const component = running.get(name)
    if (!component)
      throw new TypeError(
        `nothing of ${system.name} calls "${name}", so it does not run. Name one of ${ordered.join(', ')}.`,
      )
    return component
  }
  return {
    kind,
    stores: [...running.values()].flatMap((component) => component.stores),
    url: (consumer, provider) => tapOf(system, taps, { consumer, provider })?.url ?? componentOf(provider).baseUrl,
    setUp: (component, state, params) => componentOf(component).setUp(state, params),
    async reset() {
      for (const component of running.values()) await component.reset()
      for (const tap of taps.values()) tap.clear()
    },
    traffic: (consumer, provider) => tapOf(system, taps, { consumer, provider })?.exchanges() ?? [],
    findings: () =>
      system.edges.flatMap((edge) => requestIdFindings(system, edge, taps.get(edgeName(edge))?.exchanges() ?? [])),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function tapOf(system: System, taps: ReadonlyMap<string, RunningProxy>, edge: Edge): RunningProxy | undefined {
  const isDeclared = system.edges.some((candidate) => edgeName(candidate) === edgeName(edge))
  if (!isDeclared)
    throw new TypeError(
      `${system.name} declares no edge ${edgeName(edge)}. Declare it in contracts/${system.name}/system.ts.`,
    )
  return taps.get(edgeName(edge))
}

async function startComponent(system: System, name: string, kind: StackKind): Promise<OpenTarget> {
  return kind === 'msw' ? inProcess(system, name) : openTarget(system, name, { kind })
}

async function inProcess(system: System, name: string): Promise<OpenTarget> {
  const mock = (await loadMock(system.name, name)).start(await mockOptions(system, name))
  const baseUrl = `http://${name}.${system.name}.test`
  const interception = intercept({ [baseUrl]: mock.service })
  return {
    name: 'msw',
    baseUrl,
    states: undefined,
    setUp: mock.setUp,
    reset: () => Promise.resolve(mock.reset()),
    evidence: () => [],
    stores: [],
    async [Symbol.asyncDispose]() {
      await interception[Symbol.asyncDispose]()
      mock[Symbol.dispose]()
    },
  }
}
