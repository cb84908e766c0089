import { setupServer } from 'msw/node'
import type { Service } from '#harness/serve/service.ts'
import { serviceHandlers } from './service-handlers.ts'

/** Services in place of the network of this process, by their origin: `{ 'http://backend.test': service }`. */
export type Interception = AsyncDisposable & Readonly<{ stop: () => void }>

/**
 * Answers all requests of this process to some origins by services, through one catch-all handler of MSW: HTTP, event
 * streams and WebSocket. A request to any other origin fails the caller, and why is said on the console. Stopping closes
 * the channels that are open.
 */
export function intercept(services: Readonly<Record<string, Service>>): Interception {
  const { handlers, closeChannels } = serviceHandlers(services, 'fail')
  const server = setupServer(...handlers)
  server.listen({ onUnhandledFrame: 'error' })
  let stopped = false
  function stop(): void {
    if (stopped) return
    stopped = true
    closeChannels('the interception was stopped')
    server.close()
  }
  return { stop, [Symbol.asyncDispose]: () => Promise.resolve(stop()) }
}
