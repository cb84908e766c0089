import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import type { Edge, System } from '#harness/contract/system.ts'
import type { Controlled } from '#harness/control/controlled.ts'
import type { ControlHost } from '#harness/control/host.ts'
import type { ModuleGraph } from '#harness/scenario/hot/module-graph.ts'
import type { StackKind } from '#harness/scenario/kinds.ts'
import { startStack } from '#harness/scenario/stack.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import type { Choice, StateChoice } from './choices.ts'
import { doorsOf } from './doors.ts'
import type { UpOutput } from './output.ts'
import { statesOf } from './states.ts'

type Telling = Readonly<{
  exchange: (edge: Edge, exchange: Exchange) => void
  finding: (component: string, finding: Finding) => void
  notice: (component: string, text: string) => void
}>

export type SessionPlan = Readonly<{
  system: System
  choices: readonly Choice[]
  ports: 'own' | 'free'
  states: readonly StateChoice[]
  controlPort: number
  graph: ModuleGraph
  output: UpOutput
}>

/** A system that is up, until it is disposed of. */
export type Session = AsyncDisposable &
  Readonly<{
    controlled: Controlled
    host: ControlHost
    /** Resolves, with what it said last, when a live service has ended by itself. */
    ended: Promise<string>
  }>

/**
 * Brings a system up, its components behind taps, and says so; then it tells what happens.
 * @throws EnvironmentError, CannotReach where something cannot be had; nothing is left running then.
 */
export async function startSession(plan: SessionPlan): Promise<Session> {
  const { system, choices, output } = plan
  const doors = await doorsOf(system, choices, plan.ports)
  await using resources = new AsyncDisposableStack()
  const early: (() => void)[] = []
  let tell: Telling = {
    exchange: (...given) => void early.push(() => tell.exchange(...given)),
    finding: (...given) => void early.push(() => tell.finding(...given)),
    notice: (...given) => void early.push(() => tell.notice(...given)),
  }
  const { promise: ready, resolve: begin } = Promise.withResolvers<void>()
  const own = new Set(choices.filter(({ kind }) => kind !== 'url').map(({ component }) => component))
  const stack = resources.use(
    await startStack(system, kindOf(choices), {
      doors,
      isRun: (name) => own.has(name),
      hot: true,
      keep: 0,
      // First of all they answer.
      backgroundAfter: ready,
      onExchange: (...given) => tell.exchange(...given),
      onFinding: (...given) => tell.finding(...given),
      onNotice: (...given) => tell.notice(...given),
    }),
  )
  // The components answer already. What shows and controls them is loaded now.
  const { takeControl } = await import('./take-control.ts')
  const { controlled, host } = await takeControl(stack, plan, resources)
  await setUp(controlled, plan)
  output.started(controlled.view(), host)
  tell = {
    exchange: controlled.note,
    finding: (component, finding) =>
      controlled.notice({ level: 'error', component, message: describeFinding(finding) }),
    notice: (component, message) => controlled.notice({ level: 'info', component, message }),
  }
  for (const told of early) told()
  begin()
  const owned = resources.move()
  return {
    controlled,
    host,
    ended: Promise.race(choices.map(({ component }) => stack.component(component).ended)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function kindOf(choices: readonly Choice[]): StackKind {
  const live = choices.filter(({ kind }) => kind === 'live').map(({ component }) => component)
  const urls = choices.flatMap((choice) => (choice.kind === 'url' ? [[choice.component, choice.url] as const] : []))
  return live.length + urls.length === 0 ? 'mock' : { live, urls: Object.fromEntries(urls) }
}

async function setUp(controlled: Controlled, { system, choices, states }: SessionPlan): Promise<void> {
  for (const { component } of choices.filter(({ kind }) => kind !== 'url')) {
    for (const { state, params } of statesOf(system, component, states))
      await controlled.setState(component, state, params)
  }
}
