import type { Finding } from '#harness/contract/finding.ts'
import type { Edge, System } from '#harness/contract/system.ts'
import type { FaultOptions } from '#harness/fault/hooks-of.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import { edgeFaults, type ActiveFault, type EdgeOrder } from './edge-faults.ts'
import type { Replaced } from './hot/hot-mock.ts'
import { checkKind, type StackKind } from './kinds.ts'
import { edgeOf, type Network, type TappedEdge } from './network.ts'
import { openNetwork, type NetworkOptions } from './open-network.ts'
import type { PartKind, SetUpOptions } from './parts/part.ts'
import { requestIdFindings } from './request-ids.ts'
import { stackParts, type PartsOptions, type StackParts, type Swap } from './stack-parts.ts'

/** One component of a running stack, to let it crash and come back. Edges to it keep their addresses. */
export type StackComponent = Readonly<{
  kind: PartKind
  /** For people: `mock (seed 1)`, `live (pid 123)`, `url`. */
  title: string
  isUp: boolean
  /** Where it answers itself; undefined while it is down. */
  url: () => string | undefined
  /** What it runs on, for people. */
  stores: readonly string[]
  /**
   * As a crash: SIGKILL for a real service, whose stores survive; a mock stops answering and forgets everything. Whoever
   * calls it finds nobody.
   */
  kill: () => Promise<void>
  /** As an operator would stop it: SIGTERM. */
  stop: () => Promise<void>
  /** Brings it back, and waits until it is ready. */
  start: () => Promise<void>
  /** Takes its mock, or one that somebody else runs, in its place. A mock that is there already stays. */
  swap: (to: Swap) => Promise<void>
  /** Loads the code of its mock as it is now: see hot-mock.ts. Only in a stack that is hot. */
  reload: (system: System) => Promise<Replaced>
  /** Resolves, with what it said last, when a real service has ended though nobody asked it to. */
  ended: Promise<string>
}>

/** A running set of components of one system. Every edge has a listener of its own, a tap: who called whom is known. */
export type Stack = AsyncDisposable &
  Readonly<{
    kind: StackKind
    /** Where a consumer finds a provider. */
    url: (consumer: string, provider: string) => string
    /** Where callers from outside find a component, where the stack has doors for them. */
    door: (component: string) => string | undefined
    /** The edges whose traffic is told apart, and where it goes in. */
    edges: () => readonly TappedEdge[]
    /**
     * Puts a component into a state, or one session of its mock; gives what the state provides. Throws TypeError for a state
     * that it does not have.
     */
    // oxlint-disable-next-line eslint/max-params -- a state is three things; a session is seldom given
    setUp: (
      component: string,
      state: string,
      params: Readonly<Record<string, unknown>>,
      options?: SetUpOptions,
    ) => Promise<Readonly<Record<string, unknown>>>
    /** Takes back all states and faults, and brings back who is down. */
    reset: () => Promise<void>
    /** What went over an edge since the last reset. Nothing for a stack in process, which has no taps. */
    traffic: (consumer: string, provider: string) => readonly Exchange[]
    /**
     * Lets an edge fail, or changes what goes over it, until the next reset: a fault or several, each on all calls or on one
     * operation, or hooks. They take the place of those that were set before. Not for a stack in process.
     */
    // oxlint-disable-next-line eslint/max-params -- an edge is two names; options are seldom given
    fault: (consumer: string, provider: string, what: EdgeOrder, options?: FaultOptions) => void
    /** The faults of an edge, and how often each has acted. */
    faults: (consumer: string, provider: string) => readonly ActiveFault[]
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

export type StackOptions = NetworkOptions & PartsOptions

const logLines = 20

/**
 * Starts all components of a system that others may call, and before them a tap on every edge.
 * @throws TypeError where kind or options name a component that runs no service.
 * @throws EnvironmentError where something cannot be had; nothing is left running then.
 */
export async function startStack(system: System, kind: StackKind, options: StackOptions = {}): Promise<Stack> {
  checkKind(system, kind)
  const parts = stackParts({ system, isHot: options.hot ?? false, options })
  await using resources = new AsyncDisposableStack()
  const { network, startPart } = await openNetwork({ system, kind, options }, parts.find)
  resources.use(network)
  resources.use(parts)
  await parts.start(network, startPart)
  const owned = resources.move()
  return stackOver({ system, kind, network, parts }, async () => {
    network.clear()
    // First of all: what calls others by itself must not outlive those that it calls.
    await parts.quieten()
    await owned.disposeAsync()
  })
}

type Running = Readonly<{ system: System; kind: StackKind; network: Network; parts: StackParts }>

function stackOver({ system, kind, network, parts }: Running, end: () => Promise<void>): Stack {
  const faults = edgeFaults(network, system)
  function tapped(consumer: string, provider: string): Edge {
    const found = network.edges().find(({ edge }) => edge.consumer === consumer && edge.provider === provider)
    return found?.edge ?? edgeOf(system, consumer, provider)
  }
  function requestIds({ edge }: TappedEdge): readonly Finding[] {
    return network.isFaulty(edge) ? [] : requestIdFindings(system, edge, network.exchanges(edge))
  }
  return {
    kind,
    stores: parts.all().flatMap((part) => part.stores),
    url: (consumer, provider) => network.url(tapped(consumer, provider)),
    door: network.door,
    edges: network.edges,
    setUp: async (component, ...given) => parts.of(component).setUp(...given),
    async reset() {
      network.clear()
      faults.forget()
      await parts.reset()
      network.clear()
    },
    traffic: (consumer, provider) => network.exchanges(tapped(consumer, provider)),
    // oxlint-disable-next-line eslint/max-params -- an edge is two names; options are seldom given
    fault: (consumer, provider, what, options) => faults.set(tapped(consumer, provider), what, options),
    faults: (consumer, provider) => faults.on(tapped(consumer, provider)),
    component: (name) => parts.component(name),
    log: (component, lines = logLines) => parts.of(component).log(lines),
    findings: () => [...network.edges().flatMap(requestIds), ...parts.all().flatMap((part) => part.findings())],
    [Symbol.asyncDispose]: end,
  }
}
