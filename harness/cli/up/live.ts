import type { System } from '#harness/contract/system.ts'
import { startLiveComponent } from '#harness/stack/live/live-component.ts'
import type { Places } from './places.ts'
import type { Running } from './running.ts'

/**
 * Starts the live service of a component, with stores of its own.
 * @throws EnvironmentError where its port or a store cannot be had, or it does not get ready.
 */
export async function runLive(system: System, name: string, places: Places): Promise<Running> {
  const live = await startLiveComponent({ system, name, port: places.port(name), peers: places.url })
  const running = live.service.current()
  return {
    component: name,
    kind: `live (pid ${running.pid})`,
    url: live.url(),
    stores: live.stores.map((store) => `${store.name}: ${store.description}`),
    ended: running.exited.then(({ code, signal }) => {
      const log = running.log(20).map((line) => `  | ${line}`)
      return [`${system.name}/${name} ended by itself with ${code ?? signal}. Fix what it says last:`, ...log].join(
        '\n',
      )
    }),
    [Symbol.asyncDispose]: () => live[Symbol.asyncDispose](),
  }
}
