import { describeFinding } from '#harness/contract/finding.ts'
import type { Mock, MockOptions, StartedMock } from '../mock.ts'
import { serviceHandlers, type ServiceHandlers } from './service-handlers.ts'

/** A stand-in that is to answer for an origin. */
export type HostedStandIn = Readonly<{
  component: string
  mock: Mock
  /** Where its callers take it to be: `http://localhost:4512`. */
  origin: string
  options: Pick<MockOptions, 'pacts' | 'environment'>
}>

export type StandInOptions = Readonly<{
  /** Other origins than those that the system is known by, by component. */
  origins?: Readonly<Record<string, string>>
  /** Told what a stand-in would have answered outside its contract. Default: the console. */
  onFinding?: (text: string) => void
}>

/** Stand-ins as handlers of MSW, for `setupServer(…)` or beside other handlers. */
export type StandIns = AsyncDisposable &
  Readonly<{
    handlers: ServiceHandlers['handlers']
    /** Throws TypeError for a component that is not there, or a state that it does not have. */
    setUp: (
      component: string,
      state: string,
      options?: Readonly<{ params?: unknown; session?: string }>,
    ) => Promise<Readonly<Record<string, unknown>>>
    /** Forgets everything. */
    reset: () => Promise<void>
    stop: () => Promise<void>
  }>

/** Starts stand-ins. What calls other origins than theirs is left to other handlers. */
export function standIns(hosted: readonly HostedStandIn[], options: StandInOptions = {}): StandIns {
  const { origins = {}, onFinding = (text) => console.error(text) } = options
  const started = new Map<string, StartedMock>(
    hosted.map(({ component, mock, options: given }) => [
      component,
      mock.start({ ...given, onFinding: (finding) => onFinding(describeFinding(finding)) }),
    ]),
  )
  const services = hosted.flatMap(({ component, origin }) => {
    const service = started.get(component)?.service
    return service ? [[origins[component] ?? origin, service] as const] : []
  })
  const { handlers, closeChannels } = serviceHandlers(Object.fromEntries(services), 'leave')
  async function stop(): Promise<void> {
    closeChannels('the stand-ins were stopped')
    await Promise.all([...started.values()].map((one) => one[Symbol.asyncDispose]()))
  }
  return {
    handlers,
    async setUp(component, state, { params = {}, session } = {}) {
      const one = started.get(component)
      if (!one) throw new TypeError(`no stand-in for "${component}": there is ${[...started.keys()].join(', ')}.`)
      return one.setUp(state, params, { session })
    },
    async reset() {
      closeChannels('the stand-ins forget everything')
      await Promise.all([...started.values()].map((one) => one.reset()))
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
