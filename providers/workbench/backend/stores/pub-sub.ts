import type { Redis } from 'ioredis'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { Logs } from '../observability/log.ts'

type Listener = (message: unknown) => void

/** Messages between all processes of this backend that share a cache. */
export type PubSub = Readonly<{
  /** The name under which a channel is known to Redis, for publishing within a transaction. */
  nameOf: (channel: string) => string
  publish: (channel: string, message: unknown) => Promise<void>
  /** Calls the listener with each message from now on; what it gives back ends that. */
  subscribe: (channel: string, listener: Listener) => Promise<() => void>
  /** Throws where messages do not arrive. */
  check: () => Promise<void>
  close: () => void
}>

/** How often the connection is tried, so that one that went silently is found out and made anew. */
const heartbeatMs = 2_000

type Subscription = { readonly listeners: Set<Listener>; readonly begun: Promise<unknown> }

/**
 * Makes the messages of a cache.
 * @param subscriber a connection of its own: Redis keeps one that subscribes for that alone
 */
export function makePubSub(publisher: Redis, subscriber: Redis, { cache: log }: Logs): PubSub {
  const subscriptions = new Map<string, Subscription>()
  // Redis has one set of channels for all its numbered databases.
  const nameOf = (channel: string): string => `${publisher.options.db ?? 0}/${channel}`

  subscriber.on('message', (name: string, text: string) => {
    const message: unknown = JSON.parse(text)
    for (const listener of subscriptions.get(name)?.listeners ?? []) listener(message)
  })

  const heartbeat = setInterval(() => {
    if (subscriptions.size > 0) subscriber.ping().catch(() => undefined)
  }, heartbeatMs)

  function subscriptionTo(name: string): Subscription {
    const found = subscriptions.get(name)
    if (found) return found
    const made = { listeners: new Set<Listener>(), begun: subscriber.subscribe(name) }
    subscriptions.set(name, made)
    return made
  }
  function leave(name: string, listener: Listener): void {
    const subscription = subscriptions.get(name)
    if (!subscription?.listeners.delete(listener) || subscription.listeners.size > 0) return
    subscriptions.delete(name)
    subscriber.unsubscribe(name).catch((error: unknown) => log.debug({ reason: reasonOf(error) }, 'Not unsubscribed'))
  }
  return {
    nameOf,
    check: async () => void (await subscriber.ping()),
    close: () => clearInterval(heartbeat),
    async publish(channel, message) {
      await publisher.publish(nameOf(channel), JSON.stringify(message))
    },
    async subscribe(channel, listener) {
      const name = nameOf(channel)
      const subscription = subscriptionTo(name)
      subscription.listeners.add(listener)
      try {
        await subscription.begun
      } catch (error) {
        leave(name, listener)
        throw error
      }
      return () => leave(name, listener)
    },
  }
}
