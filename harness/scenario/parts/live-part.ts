import type { System } from '#harness/contract/system.ts'
import { liveTarget } from '#harness/pact/replay/live-target.ts'
import type { Part, PartOptions } from './part.ts'

/** A component as the real service. Its stores outlive its process: what is in them survives a crash. */
export async function startLivePart(system: System, name: string, options: PartOptions): Promise<Part> {
  const target = await liveTarget(system, name, options)
  const { service, stores, url } = target.component
  return {
    kind: 'live',
    url: () => (service.isUp() ? url() : undefined),
    async setUp(state, params) {
      if (!target.states?.has(state))
        throw new TypeError(
          `${system.name}/${name} sets up no state "${state}". Write its handler in providers/${system.name}/${name}/states.ts.`,
        )
      return target.setUp(state, params)
    },
    quiet: () => Promise.resolve(),
    reset: () => target.reset(),
    start: service.start,
    stop: service.stop,
    kill: service.kill,
    log: service.log,
    findings: () => [],
    stores: stores.map((store) => `${name} ${store.name}: ${store.description}`),
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}
