import { edgesFrom, edgesInto, servedComponents, type System } from '#harness/contract/system.ts'
import type { MockOptions } from '#harness/mock/mock.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { paths } from '#harness/project/paths.ts'
import { useAll } from '#harness/stack/use-all.ts'
import { readPactIfAny } from '../file/pact-file.ts'
import { mockTarget } from './mock-target.ts'
import type { Target } from './target.ts'
import { urlTarget } from './url-target.ts'

/** Which target a pact is replayed against, as a user says it. */
export type TargetChoice =
  | Readonly<{ kind: 'live' }>
  | Readonly<{ kind: 'mock' }>
  /**
   * Alone in a container, with its stores, out of the system's Compose file. Via an entry: with all that is behind it, and
   * asked through it.
   */
  | Readonly<{ kind: 'compose'; via?: string }>
  | Readonly<{ kind: 'url'; url: string; statesUrl?: string }>

/** A target with what it runs on, for the verdict. */
export type OpenTarget = Target & Readonly<{ stores: readonly string[] }>

/**
 * Starts, or takes, the target of a component. What a live one calls are mocks that do nothing by themselves, so that no
 * replay reaches a service that somebody else runs.
 */
export async function openTarget(system: System, component: string, choice: TargetChoice): Promise<OpenTarget> {
  switch (choice.kind) {
    case 'live':
      return openLive(system, component)
    case 'mock':
      return { ...(await openMock(system, component)), stores: [] }
    case 'compose':
      return openInCompose(system, component, choice.via)
    case 'url':
      return { ...urlTarget(choice.url, choice.statesUrl), stores: [] }
  }
}

async function openMock(system: System, component: string): Promise<Target> {
  return mockTarget(await loadMock(system.name, component), await mockOptions(system, component))
}

async function openLive(system: System, component: string): Promise<OpenTarget> {
  await using resources = new AsyncDisposableStack()
  const peers = await openPeers(system, component, resources)
  // Loaded where it is needed: stores and containers take longer to load than a mock takes to start.
  const { liveTarget } = await import('./live-target.ts')
  const live = resources.use(await liveTarget(system, component, { peers: (name) => peers.get(name)?.baseUrl ?? '' }))
  const owned = resources.move()
  return {
    ...live,
    stores: live.component.stores.map((store) => `${store.name}: ${store.description}`),
    async reset() {
      await Promise.all([...peers.values()].map((peer) => peer.reset()))
      await live.reset()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function openInCompose(system: System, component: string, via: string | undefined): Promise<OpenTarget> {
  const { openComposeStack } = await import('#harness/stack/compose/compose-stack.ts')
  const { composeTarget } = await import('./compose-target.ts')
  await using resources = new AsyncDisposableStack()
  const components = via === undefined ? [component] : servedComponents(system)
  const stack = resources.use(await openComposeStack(system, { components }))
  const target = resources.use(await composeTarget(system, component, { stack, ...(via !== undefined && { via }) }))
  const owned = resources.move()
  return { ...target, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Mocks of those that a component calls. */
async function openPeers(
  system: System,
  component: string,
  resources: AsyncDisposableStack,
): Promise<ReadonlyMap<string, Target>> {
  const names = [...new Set(edgesFrom(system, component).map(({ provider }) => provider))]
  const targets = await useAll(
    resources,
    names.map((name) => openMock(system, name)),
  )
  return new Map(names.flatMap((name, index) => (targets[index] ? [[name, targets[index]] as const] : [])))
}

/**
 * What a mock of a system is started with: the examples of its consumers, the pages that may call it, and its variables as
 * a live process on a developer's machine has them.
 */
export async function mockOptions(
  system: System,
  component: string,
): Promise<Required<Pick<MockOptions, 'pacts' | 'allowedOrigins' | 'environment'>>> {
  const pacts = await Promise.all(
    edgesInto(system, component).map((edge) => readPactIfAny(paths.pact(system.name, edge))),
  )
  return {
    pacts: pacts.filter((pact) => pact !== undefined),
    allowedOrigins: originsOf(system),
    environment: system.components[component]?.defaults ?? {},
  }
}

/** The origins of a system's components on a developer's machine. */
function originsOf(system: System): readonly string[] {
  return Object.values(system.components).flatMap(({ port }) =>
    port === undefined ? [] : [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
  )
}
