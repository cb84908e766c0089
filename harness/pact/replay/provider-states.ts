import { pathToFileURL } from 'node:url'
import type { System } from '#harness/contract/system.ts'
import { paths } from '#harness/project/paths.ts'
import type { LiveContext, LiveStatesFactory } from './live-states.ts'
import type { Target } from './target.ts'

/** The states of a running provider, as a target has them. */
export type ProviderStates = AsyncDisposable & Pick<Target, 'states' | 'setUp' | 'reset'>

/** Opens what a provider's `states.ts` offers, over a provider that runs somewhere. */
export async function openProviderStates(system: System, name: string, context: LiveContext): Promise<ProviderStates> {
  const { states } = (await import(pathToFileURL(paths.providerStates(system.name, name)).href)) as {
    states: LiveStatesFactory
  }
  const opened = await states(context)
  const handlers = opened.handlers as Readonly<Record<string, (params: unknown) => unknown>>
  const definitions = system.components[name]?.contract?.stateDefinitions ?? {}
  return {
    states: new Set(Object.keys(handlers)),
    async setUp(state, params) {
      const parsed = definitions[state]?.params.parse(params) ?? params
      return ((await handlers[state]?.(parsed)) ?? {}) as Readonly<Record<string, unknown>>
    },
    reset: () => opened.reset(),
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}
