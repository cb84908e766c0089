import type { ChainableCommander, Redis } from 'ioredis'
import { z } from 'zod'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { Logs } from '../observability/log.ts'
import type { PubSub } from '../stores/pub-sub.ts'
import { execute } from '../stores/redis.ts'

/** Who looks at a conversation right now: connections, in all processes that share a cache. */
export type Presence = Readonly<{
  /** Lets a connection look on, and calls the listener with each number of viewers from now on, its own coming included. */
  join: (conversation: string, connection: string, listener: (viewers: number) => void) => Promise<Joined>
  close: () => void
}>

/** A connection's looking on. */
export type Joined = Readonly<{
  /** Tells the number of viewers once more. */
  announce: () => Promise<void>
  /** The others are told. */
  leave: () => Promise<void>
}>

/** A viewer whose process is no more counts for so long. */
const lifetimeSeconds = 30
const heartbeatMs = 10_000
/** Versions have to last for longer than anybody looks on: they are refreshed with the viewers. */
const versionLifetimeSeconds = 60 * 60

export type Announcement = Readonly<{ viewers: number; version: number }>

const AnnouncementShape = z.object({ viewers: z.int(), version: z.int() })

const viewersKey = (conversation: string): string => `viewers:${conversation}`
const versionKey = (conversation: string): string => `viewers-version:${conversation}`
const channelOf = (conversation: string): string => `presence:${conversation}`

/** Hears of every change of who looks at a conversation, without looking at it. Gives the way to stop. */
export function listenToViewers(
  pubSub: PubSub,
  conversation: string,
  listener: (announcement: Announcement) => void,
): Promise<() => void> {
  return pubSub.subscribe(channelOf(conversation), (message) => listener(AnnouncementShape.parse(message)))
}

type Seat = Readonly<{ conversation: string; connection: string }>

/** Makes the presence: viewers are members of a sorted set in the cache, by the second at which they stop to count. */
export function makePresence(redis: Redis, pubSub: PubSub, { cache: log }: Logs): Presence {
  const seats = new Set<Seat>()
  const heartbeat = setInterval(() => void refresh(), heartbeatMs)

  async function refresh(): Promise<void> {
    try {
      for (const seat of seats) await execute(kept(redis.multi(), seat))
    } catch (error) {
      log.debug({ reason: reasonOf(error) }, 'Viewers not refreshed')
    }
  }
  async function change({ conversation, connection }: Seat, kind: 'comes' | 'goes'): Promise<void> {
    const viewers = viewersKey(conversation)
    const commands = redis.multi().zremrangebyscore(viewers, '-inf', nowSeconds())
    if (kind === 'comes') kept(commands, { conversation, connection })
    else commands.zrem(viewers, connection)
    const replies = await execute(commands.zcard(viewers).incr(versionKey(conversation)))
    const [count, version] = replies.slice(-2).map(Number)
    await pubSub.publish(channelOf(conversation), { viewers: count, version })
  }
  return {
    close: () => clearInterval(heartbeat),
    async join(conversation, connection, listener) {
      let seen = 0
      const unsubscribe = await listenToViewers(pubSub, conversation, ({ viewers, version }) => {
        // Two changes at once may be told in the wrong order; the older one is no news then.
        if (version < seen) return
        seen = version
        listener(viewers)
      })
      const seat = { conversation, connection }
      async function leave(): Promise<void> {
        unsubscribe()
        seats.delete(seat)
        await change(seat, 'goes')
      }
      seats.add(seat)
      try {
        await change(seat, 'comes')
      } catch (error) {
        await leave().catch(() => undefined)
        throw error
      }
      return { leave, announce: () => change(seat, 'comes') }
    },
  }
}

function kept(commands: ChainableCommander, { conversation, connection }: Seat): ChainableCommander {
  return commands
    .zadd(viewersKey(conversation), nowSeconds() + lifetimeSeconds, connection)
    .expire(viewersKey(conversation), lifetimeSeconds)
    .expire(versionKey(conversation), versionLifetimeSeconds)
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}
