import type { Context } from 'hono'
import type { BrokerSettings } from './settings.ts'
import type { BrokerDatabase } from './store/database.ts'
import { brokerUrls, type BrokerUrls } from './urls.ts'
import type { WebhookSender } from './webhooks/sender.ts'

/** What every part of a broker works with. */
export type Broker = Readonly<{ database: BrokerDatabase; settings: BrokerSettings; webhooks: WebhookSender }>

/** The addresses of the broker as the sender of this request knows it. */
export function urlsFor(broker: Broker, c: Context): BrokerUrls {
  return brokerUrls(broker.settings.baseUrl?.replace(/\/+$/, '') ?? new URL(c.req.url).origin)
}

/** A parameter of the path that the route has, decoded. */
export function param(c: Context, name: string): string {
  return c.req.param(name) ?? ''
}
