import type { System } from '#harness/contract/system.ts'
import { liveTarget } from '#harness/pact/replay/live-target.ts'
import type { RunningProcess } from '#harness/stack/process.ts'
import type { Part, PartOptions } from './part.ts'

/** How many of its last lines a service that ended by itself leaves. */
const lastLines = 20

/** A component as the real service. Its stores outlive its process: what is in them survives a crash. */
export async function startLivePart(system: System, name: string, options: PartOptions): Promise<Part> {
  const target = await liveTarget(system, name, options)
  const { service, stores, url } = target.component
  const { promise: ended, resolve: tellEnd } = Promise.withResolvers<string>()
  let isAsked = false
  function watch(running: RunningProcess): void {
    isAsked = false
    void running.exited.then(() => {
      if (!isAsked) void lastWords(`${system.name}/${name}`, running).then(tellEnd)
    })
  }
  function asked(end: () => PromiseLike<void>): () => Promise<void> {
    return async () => {
      isAsked = true
      await end()
    }
  }
  watch(service.current())
  return {
    kind: 'live',
    title: () => `live (pid ${service.current().pid})`,
    url: () => (service.isUp() ? url() : undefined),
    async setUp(state, params, { session } = {}) {
      if (session !== undefined)
        throw new TypeError(`${system.name}/${name} is a real service and has no sessions. Leave the session out.`)
      if (!target.states?.has(state))
        throw new TypeError(
          `${system.name}/${name} sets up no state "${state}". Write its handler in providers/${system.name}/${name}/states.ts.`,
        )
      return target.setUp(state, params)
    },
    quiet: () => Promise.resolve(),
    reset: () => target.reset(),
    async start() {
      if (service.isUp()) return
      await service.start()
      watch(service.current())
    },
    stop: asked(service.stop),
    kill: asked(service.kill),
    log: service.log,
    findings: () => [],
    stores: stores.map((store) => `${name} ${store.name}: ${store.description}`),
    ended,
    [Symbol.asyncDispose]: asked(() => target[Symbol.asyncDispose]()),
  }
}

async function lastWords(name: string, running: RunningProcess): Promise<string> {
  const { code, signal } = await running.exited
  // Ending it also reads what it wrote last.
  await running.stop()
  const log = running.log(lastLines).map((line) => `  | ${line}`)
  return [`${name} ended by itself with ${code ?? signal}. Fix what it says last:`, ...log].join('\n')
}
