import { globToRegExp } from './glob.ts'
import type { Reply } from './reply.ts'

/** Somebody who can be sent messages. */
export type Subscriber = { send(message: Reply): void }

type Kind = 'channels' | 'patterns'

/** Who listens to what. Channels are common to all numbered databases. */
export class PubSub {
  readonly #listeners = { channels: new Map<string, Set<Subscriber>>(), patterns: new Map<string, Set<Subscriber>>() }

  subscribe(kind: Kind, name: string, subscriber: Subscriber): void {
    const all = this.#listeners[kind]
    const subscribers = all.get(name) ?? new Set()
    all.set(name, subscribers.add(subscriber))
  }

  unsubscribe(kind: Kind, name: string, subscriber: Subscriber): void {
    const subscribers = this.#listeners[kind].get(name)
    subscribers?.delete(subscriber)
    if (subscribers?.size === 0) this.#listeners[kind].delete(name)
  }

  /** The names one subscriber listens to, in the order of subscribing. */
  subscriptions(kind: Kind, subscriber: Subscriber): string[] {
    return [...this.#listeners[kind]].filter(([, subscribers]) => subscribers.has(subscriber)).map(([name]) => name)
  }

  /** How many channels and patterns one subscriber listens to. */
  count(subscriber: Subscriber): number {
    return this.subscriptions('channels', subscriber).length + this.subscriptions('patterns', subscriber).length
  }

  /** Sends a message to everybody who listens, once per subscription. Returns how often it was sent. */
  publish(channel: string, message: string): number {
    let sent = 0
    for (const subscriber of this.#listeners.channels.get(channel) ?? []) {
      subscriber.send(['message', channel, message])
      sent++
    }
    for (const [pattern, subscribers] of this.#listeners.patterns) {
      if (!globToRegExp(pattern).test(channel)) continue
      for (const subscriber of subscribers) subscriber.send(['pmessage', pattern, channel, message])
      sent += subscribers.size
    }
    return sent
  }

  /** The channels that somebody listens to by name. */
  activeChannels(): string[] {
    return [...this.#listeners.channels.keys()]
  }

  /** How many listen to a channel by name. */
  listenerCount(channel: string): number {
    return this.#listeners.channels.get(channel)?.size ?? 0
  }

  /** Forgets somebody whose connection has ended. */
  remove(subscriber: Subscriber): void {
    for (const kind of ['channels', 'patterns'] as const) {
      for (const name of this.subscriptions(kind, subscriber)) this.unsubscribe(kind, name, subscriber)
    }
  }
}
