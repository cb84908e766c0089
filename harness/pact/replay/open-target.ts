import type { System } from '#harness/contract/system.ts'
import { edgesInto } from '#harness/contract/system.ts'
import type { MockOptions } from '#harness/mock/mock.ts'
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
    case 'mock':
      return {
        ...(await mockTarget(await loadMock(system.name, component), await mockOptions(system, component))),
        stores: [],
      }
    case 'url':
      return { ...urlTarget(choice.url, choice.statesUrl), stores: [] }
  }
}

/** What a mock of a system is started with: the examples of its consumers, and the pages that may call it. */
export async function mockOptions(system: System, component: string): Promise<MockOptions> {
  const pacts = await Promise.all(
    edgesInto(system, component).map((edge) => readPactIfAny(paths.pact(system.name, edge))),
  )
  return { pacts: pacts.filter((pact) => pact !== undefined), allowedOrigins: originsOf(system) }
}

/** The origins of a system's components on a developer's machine. */
function originsOf(system: System): readonly string[] {
  return Object.values(system.components).flatMap(({ port }) =>
    port === undefined ? [] : [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
  )
}
