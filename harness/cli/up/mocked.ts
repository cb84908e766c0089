import { describeFinding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import { listenMock } from '#harness/mock/listen.ts'
import { mockOptions } from '#harness/pact/replay/open-target.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import type { StateChoice } from './choices.ts'
import type { Places } from './places.ts'
import { portTaken } from './port-taken.ts'
import { neverEnds, type Running } from './running.ts'

export type MockedOptions = Readonly<{
  places: Places
  states: readonly StateChoice[]
  /** Takes what the mock would have answered outside its contract. */
  onFinding: (text: string) => void
}>

/**
 * Puts the mock of a component on a port, in these states. What it does by itself, it does here too.
 * @throws EnvironmentError where the port cannot be had.
 */
export async function runMock(system: System, component: string, options: MockedOptions): Promise<Running> {
  await using resources = new AsyncDisposableStack()
  const port = options.places.port(component)
  const listening = await listenMock(await loadMock(system.name, component), {
    ...(await mockOptions(system, component)),
    onFinding: (finding) => options.onFinding(describeFinding(finding)),
    peers: options.places.url,
    port,
  }).catch((error: NodeJS.ErrnoException) => {
    throw listenError(error, `${system.name}/${component}`, port)
  })
  resources.use(listening)
  for (const { state, params } of options.states) await listening.setUp(state, params)
  const owned = resources.move()
  return {
    component,
    kind: `mock (seed ${listening.seed})`,
    url: listening.url,
    stores: [],
    ended: neverEnds,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function listenError(error: NodeJS.ErrnoException, component: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return portTaken(component, port)
  if (error.code !== 'EACCES') return error
  return new EnvironmentError(
    `Cannot start ${component}: this user may not listen on port ${port}. Take free ports with --ports free.`,
  )
}
