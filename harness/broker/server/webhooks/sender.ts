import { setTimeout as pause } from 'node:timers/promises'
import type { WebhookRules } from '../settings.ts'
import type { BrokerDatabase } from '../store/database.ts'
import { labelsOf } from '../store/pacticipants.ts'
import { listWebhooks, startRun, updateRun, type Webhook } from '../store/webhooks.ts'
import type { BrokerUrls } from '../urls.ts'
import { deliver } from './deliver.ts'
import type { WebhookEvent } from './shapes.ts'
import { variablesOf, type Occasion, type Variables } from './variables.ts'

/** An event, and the calls that it led to. */
export type Triggered = Readonly<{
  event: WebhookEvent
  provider: string
  comment?: string
  runs: readonly Readonly<{ uuid: string; webhook: string }>[]
}>

/** Calls webhooks, in the background. Disposing ends what is under way. */
export type WebhookSender = AsyncDisposable &
  Readonly<{
    /** Starts the calls of all webhooks that wait for an event of this edge. */
    trigger: (occasion: Occasion & { event: WebhookEvent; comment?: string }, urls: BrokerUrls) => Promise<Triggered>
    /** Calls one webhook at once, whatever it waits for, and gives how that went. */
    execute: (webhook: Webhook, variables: Variables) => Promise<Awaited<ReturnType<typeof deliver>>>
    /** Resolves when no call is under way. */
    idle: () => Promise<void>
  }>

/** Makes the sender of a broker. */
export function webhookSender(database: BrokerDatabase, rules: WebhookRules): WebhookSender {
  const ending = new AbortController()
  const running = new Set<Promise<void>>()

  async function attempt(webhook: Webhook, run: string, variables: Variables): Promise<void> {
    const waits = [0, ...rules.retryAfterMs]
    for (const [index, wait] of waits.entries()) {
      await pause(wait, undefined, { signal: ending.signal })
      const { success, log } = await deliver(webhook.request, variables, { rules, signal: ending.signal })
      const isLast = index === waits.length - 1
      await updateRun(database, run, { status: success ? 'success' : isLast ? 'failure' : 'retrying', log })
      if (success) return
    }
  }

  function start(work: Promise<void>): void {
    // Ended with the broker, or its database is gone: nobody is left to tell.
    const guarded = work.catch(() => undefined)
    running.add(guarded)
    void guarded.then(() => running.delete(guarded))
  }

  return {
    async trigger(occasion, urls) {
      const { event, publication, comment } = occasion
      const waiting = await waitingFor(database, occasion)
      const runs: { uuid: string; webhook: string }[] = []
      const variables = waiting.length > 0 ? await variablesOf(database, occasion, urls) : {}
      for (const webhook of waiting) {
        const uuid = await startRun(database, webhook.id, event)
        runs.push({ uuid, webhook: webhook.description ?? webhook.uuid })
        start(attempt(webhook, uuid, variables))
      }
      return { event, provider: publication.provider, ...(comment !== undefined && { comment }), runs }
    },
    execute: (webhook, variables) => deliver(webhook.request, variables, { rules, signal: ending.signal }),
    idle: async () => {
      while (running.size > 0) await Promise.all(running)
    },
    async [Symbol.asyncDispose]() {
      ending.abort()
      await Promise.all(running)
    },
  }
}

async function waitingFor(
  database: BrokerDatabase,
  { event, publication }: Occasion & { event: WebhookEvent },
): Promise<readonly Webhook[]> {
  const all = (await listWebhooks(database)).filter(({ enabled, events }) => enabled && events.includes(event))
  if (all.length === 0) return []
  const labels = {
    consumer: await labelsOf(database, publication.consumerId),
    provider: await labelsOf(database, publication.providerId),
  }
  const suits = (role: 'consumer' | 'provider', party: Webhook['consumer']): boolean =>
    !party || (party.label === undefined ? party.name === publication[role] : labels[role].includes(party.label))
  return all.filter(({ consumer, provider }) => suits('consumer', consumer) && suits('provider', provider))
}
