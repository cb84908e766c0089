import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { brokerApp } from './broker-app.ts'
import { defaultSettings, type BrokerSettings } from './settings.ts'
import { openBrokerDatabase } from './store/database.ts'
import { webhookSender } from './webhooks/sender.ts'

export type BrokerOptions = Readonly<{
  /** A PostgreSQL database of its own. */
  databaseUrl: string
  /** A free one by default. */
  port?: number
  /** Loopback by default. */
  host?: string
  settings?: Partial<BrokerSettings>
  /** Told of what nobody foresaw. */
  onError?: (error: Error) => void
}>

/** A broker on a port. */
export type RunningBroker = AsyncDisposable &
  Readonly<{
    url: string
    port: number
    /** Resolves when no webhook is under way. */
    webhooksDone: () => Promise<void>
  }>

/**
 * Starts a broker over a database.
 * @throws CannotStart where the database takes no connection, the listen error of Node where the port cannot be had.
 */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const { databaseUrl, port = 0, host = '127.0.0.1', onError } = options
  const settings: BrokerSettings = { ...defaultSettings, ...options.settings }
  await using starting = new AsyncDisposableStack()
  const database = starting.use(await openBrokerDatabase(databaseUrl))
  const webhooks = starting.use(webhookSender(database, settings.webhooks))
  const app = brokerApp({ database, settings, webhooks }, onError)
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server
  server.listen(port, host)
  await once(server, 'listening')
  starting.defer(() => close(server))
  const running = starting.move()
  const { port: used } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${used}`,
    port: used,
    webhooksDone: () => webhooks.idle(),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
