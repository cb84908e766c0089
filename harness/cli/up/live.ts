import type { System } from '#harness/contract/system.ts'
import { startLiveComponent } from '#harness/stack/live/live-component.ts'
import type { Running } from './running.ts'

/**
 * Starts the live service of a component, with stores of its own.
 * @throws EnvironmentError where its port or a store cannot be had, or it does not get ready.
 */
export async function runLive(system: System, name: string, port: number | undefined): Promise<Running> {
  const component = system.components[name]
  if (!component) throw new TypeError(`${system.name} has no component "${name}".`)
  const live = await startLiveComponent({ system: system.name, name, component, ...(port !== undefined && { port }) })
  return {
    component: name,
    kind: `live (pid ${live.process.pid})`,
    url: live.url,
    stores: live.stores.map((store) => `${store.name}: ${store.description}`),
    ended: live.process.exited.then(({ code, signal }) => {
      const log = live.process.log(20).map((line) => `  | ${line}`)
      return [`${system.name}/${name} ended by itself with ${code ?? signal}. Fix what it says last:`, ...log].join(
        '\n',
      )
    }),
    [Symbol.asyncDispose]: () => live[Symbol.asyncDispose](),
  }
}
