import type { System } from '#harness/contract/system.ts'
import { edgesInto } from '#harness/contract/system.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { paths } from '#harness/project/paths.ts'
import { readPactIfAny } from '../file/pact-file.ts'
import { mockTarget } from './mock-target.ts'
import type { Target } from './target.ts'
import { urlTarget } from './url-target.ts'

/** Which target a pact is replayed against, as a user says it. */
export type TargetChoice =
  | Readonly<{ kind: 'live' }>
  | Readonly<{ kind: 'mock' }>
  | Readonly<{ kind: 'url'; url: string; statesUrl?: string }>

/** A target with what it runs on, for the verdict. */
export type OpenTarget = Target & Readonly<{ stores: readonly string[] }>

/** Starts, or takes, the target of a component. */
export async function openTarget(system: System, component: string, choice: TargetChoice): Promise<OpenTarget> {
  switch (choice.kind) {
    case 'live': {
      // Loaded where it is needed: stores and containers take longer to load than a mock takes to start.
      const { liveTarget } = await import('./live-target.ts')
      const live = await liveTarget(system, component)
      return { ...live, stores: live.component.stores.map((store) => `${store.name}: ${store.description}`) }
    }
    case 'mock': {
      const pacts = await Promise.all(
        edgesInto(system, component).map((edge) => readPactIfAny(paths.pact(system.name, edge))),
      )
      const allowedOrigins = originsOf(system)
      const target = await mockTarget(await loadMock(system.name, component), {
        pacts: pacts.filter((pact) => pact !== undefined),
        allowedOrigins,
      })
      return { ...target, stores: [] }
    }
    case 'url':
      return { ...urlTarget(choice.url, choice.statesUrl), stores: [] }
  }
}

/** The origins of a system's components on a developer's machine. */
export function originsOf(system: System): readonly string[] {
  return Object.values(system.components).flatMap(({ port }) => [
    `http://localhost:${port}`,
    `http://127.0.0.1:${port}`,
  ])
}
