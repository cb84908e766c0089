import type { System } from '#harness/contract/system.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { startLiveComponent, type LiveComponent, type LiveRequest } from '#harness/stack/live/live-component.ts'
import { openProviderStates } from './provider-states.ts'
import type { Target } from './target.ts'

/** How many of its last lines a live target gives as evidence. */
const evidenceLines = 12

/** A live component as a target, with what it was started from. */
export type LiveTarget = Target & Readonly<{ component: LiveComponent }>

/** Starts a component's live service, with stores of its own, as a target. */
export async function liveTarget(
  system: System,
  name: string,
  options: Pick<LiveRequest, 'port' | 'peers' | 'environment'> = {},
): Promise<LiveTarget> {
  const component = system.components[name]
  if (!component)
    throw new UsageError(
      `${system.name} has no component "${name}". Name one of ${Object.keys(system.components).join(', ')}.`,
    )
  await using resources = new AsyncDisposableStack()
  const live = resources.use(await startLiveComponent({ system, name, ...options }))
  const store = (wanted: string) => {
    const found = live.stores.find((candidate) => candidate.name === wanted)
    if (!found)
      throw new TypeError(`${system.name}/${name} has no store "${wanted}". Name one that its system declares.`)
    return found
  }
  const states = resources.use(
    await openProviderStates(system, name, {
      // Asked anew: a component that was killed may come back elsewhere.
      get baseUrl() {
        return live.url()
      },
      get environment() {
        return live.environment()
      },
      cut: (wanted) => store(wanted).cut(),
      restore: (wanted) => store(wanted).restore(),
    }),
  )
  const said: string[] = []
  live.service.onLine((line) => void said.push(line))
  const owned = resources.move()
  return {
    ...states,
    name: 'live',
    component: live,
    baseUrl: live.url(),
    async reset() {
      said.length = 0
      await states.reset()
    },
    evidence: () => said.slice(-evidenceLines),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
