import type { Webhook } from '../store/webhooks.ts'
import type { BrokerUrls } from '../urls.ts'
import { secretHeaders } from './deliver.ts'

/** Stands for a secret that is not told. */
export const hidden = '**********'

/** A webhook as clients get it, without its secrets. */
export function webhookDocument(webhook: Webhook, urls: BrokerUrls): Readonly<Record<string, unknown>> {
  const { uuid, description, enabled, consumer, provider, events, request } = webhook
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    secretHeaders.test(name) ? hidden : value,
  ])
  return {
    uuid,
    ...(description !== null && { description }),
    enabled,
    ...(consumer && { consumer }),
    ...(provider && { provider }),
    events: events.map((name) => ({ name })),
    request: { ...request, headers: Object.fromEntries(headers), ...(request.password && { password: hidden }) },
    createdAt: webhook.createdAt.toISOString(),
    _links: {
      self: { title: description ?? uuid, name: uuid, href: urls.webhook(uuid) },
      'pb:execute': { title: 'Test the execution of the webhook', href: `${urls.webhook(uuid)}/execute` },
      'pb:webhooks': { title: 'All webhooks', href: `${urls.base}/webhooks` },
    },
  }
}
