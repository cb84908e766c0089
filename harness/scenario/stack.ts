import type { Finding } from '#harness/contract/finding.ts'
import { servedComponents, type System } from '#harness/contract/system.ts'
import type { Exchange, Hooks } from '#harness/stack/proxy/types.ts'
import { startInOrder } from '#harness/stack/start-in-order.ts'
import { checkKind, type StackKind } from './kinds.ts'
import { edgeOf } from './network.ts'
import { openNetwork } from './open-network.ts'
import type { Part } from './parts/part.ts'
import { requestIdFindings } from './request-ids.ts'

/** One component of a running stack, to let it crash and come back. Edges to it keep their addresses. */
export type StackComponent = Readonly<{
  /**
   * As a crash: SIGKILL for a real service, whose stores survive; a mock stops answering and forgets everything. Whoever
   * calls it finds nobody.
   */
  kill: () => Promise<void>
  /** As an operator would stop it: SIGTERM. */
  stop: () => Promise<void>
  /** Brings it back, and waits until it is ready. */
  start: () => Promise<void>
}>

/** A running set of components of one system. Every edge has a listener of its own, a tap: who called whom is known. */
export type Stack = AsyncDisposable &
  Readonly<{
    kind: StackKind
    /** Where a consumer finds a provider. */
    url: (consumer: string, provider: string) => string
    /** Puts a component into a state; gives what the state provides. Throws TypeError for a state that it does not have. */
    setUp: (
      component: string,
      state: string,
      params: Readonly<Record<string, unknown>>,
    ) => Promise<Readonly<Record<string, unknown>>>
    /** Takes back all states and faults, and brings back who is down. */
    reset: () => Promise<void>
    /** What went over an edge since the last reset. Nothing for a stack in process, which has no taps. */
    traffic: (consumer: string, provider: string) => readonly Exchange[]
    /** Changes what goes over an edge, or lets it fail, until the next reset. Not for a stack in process. */
    fault: (consumer: string, provider: string, hooks: Hooks) => void
    component: (name: string) => StackComponent
    /** The last lines of a component that runs as the real service, 20 unless told; a mock says nothing. */
    log: (component: string, lines?: number) => readonly string[]
    /**
     * What was wrong since the last reset: a request id that a hop dropped or changed, where no fault was set on the edge;
     * a mock that did something outside its contract.
     */
    findings: () => readonly Finding[]
    /** What it runs on, for people. */
    stores: readonly string[]
  }>

export type StackOptions = Readonly<{
  /** Further variables by component, for real services and mocks alike. */
  environment?: Readonly<Record<string, Readonly<Record<string, string>>>>
}>

const logLines = 20

/**
 * Starts all components of a system that others may call, and before them a tap on every edge.
 * @throws TypeError where kind or options name a component that runs no service.
 * @throws EnvironmentError where something cannot be had; nothing is left running then.
 */
export async function startStack(system: System, kind: StackKind, options: StackOptions = {}): Promise<Stack> {
  checkKind(system, kind)
  const { environment = {} } = options
  const served = servedComponents(system)
  for (const name of Object.keys(environment)) requireServed(system, name)
  await using resources = new AsyncDisposableStack()
  const parts = new Map<string, Part>()
  const { network, startPart } = await openNetwork(system, kind, (name) => parts.get(name)?.url())
  resources.use(network)
  await startInOrder(system, served, async (name) => {
    const peers = (provider: string): string => network.url(edgeOf(system, name, provider))
    parts.set(name, resources.use(await startPart(name, { peers, environment: environment[name] ?? {} })))
  })
  const all = [...parts.values()]
  // First of all: what calls others by itself must not outlive those that it calls.
  resources.defer(() => {
    network.clear()
    return quieten(all)
  })
  const owned = resources.move()
  function partOf(name: string): Part {
    requireServed(system, name)
    return parts.get(name) as Part
  }
  return {
    kind,
    stores: all.flatMap((part) => part.stores),
    url: (consumer, provider) => network.url(edgeOf(system, consumer, provider)),
    setUp: async (component, state, params) => partOf(component).setUp(state, params),
    async reset() {
      network.clear()
      await startInOrder(system, served, (name) => partOf(name).start())
      await resetParts(served.map(partOf))
      network.clear()
    },
    traffic: (consumer, provider) => network.exchanges(edgeOf(system, consumer, provider)),
    fault: (consumer, provider, hooks) => network.fault(edgeOf(system, consumer, provider), hooks),
    component(name) {
      const { kill, stop, start } = partOf(name)
      return { kill, stop, start }
    },
    log: (component, lines = logLines) => partOf(component).log(lines),
    findings: () => [
      ...system.edges.flatMap((edge) =>
        network.isFaulty(edge) ? [] : requestIdFindings(system, edge, network.exchanges(edge)),
      ),
      ...all.flatMap((part) => part.findings()),
    ],
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/**
 * Takes back the states of parts that call each other. Mocks are emptied first, so that a real service finds nothing of
 * before there; they begin to do something by themselves when all are new.
 */
async function resetParts(parts: readonly Part[]): Promise<void> {
  await quieten(parts)
  for (const part of parts) if (part.kind === 'live') await part.reset()
  await Promise.all(parts.filter(({ kind }) => kind === 'mock').map((part) => part.reset()))
}

async function quieten(parts: readonly Part[]): Promise<void> {
  await Promise.all(parts.map((part) => part.quiet()))
}

function requireServed(system: System, name: string): void {
  const served = servedComponents(system)
  if (!served.includes(name))
    throw new TypeError(`${system.name}/${name} has no contract, so it does not run. Name one of ${served.join(', ')}.`)
}
