import type { Redis } from 'ioredis'
import type { PubSub } from '../stores/pub-sub.ts'
import { execute } from '../stores/redis.ts'

type Content =
  | Readonly<{ event: 'token'; data: Readonly<{ text: string }> }>
  | Readonly<{ event: 'done'; data: Readonly<{ message_id: string }> }>
  | Readonly<{ event: 'error'; data: Readonly<{ code: 'model_failed'; message: string }> }>

/** One event of an answer; the first one has the number 1. */
export type AnswerEvent = Readonly<{ number: number }> & Content

/** Whether nothing comes after an event. */
export function isLast({ event }: AnswerEvent): boolean {
  return event !== 'token'
}

/** An answer: its id, and the conversation that it belongs to. */
export type AnswerKey = Readonly<{ conversation: string; id: string }>

/** The events of answers, kept in the cache so that they can be read again. */
export type AnswerEvents = Readonly<{
  /** Makes an answer, without events so far, the last one of its conversation. */
  begin: (answer: AnswerKey) => Promise<void>
  /** Adds an event and tells it to those who listen. */
  add: (answer: AnswerKey, event: AnswerEvent) => Promise<void>
  /** The id of a conversation's last answer. */
  lastOf: (conversation: string) => Promise<string | undefined>
  /** The events of an answer that come after a number. */
  read: (id: string, after: number) => Promise<readonly AnswerEvent[]>
  /** Whether an answer that is not over was left by a process that is no more. */
  isAbandoned: (id: string) => Promise<boolean>
  /** Calls the listener with each event of the conversation's answers from now on; what it gives back ends that. */
  listen: (conversation: string, listener: (event: AnswerEvent) => void) => Promise<() => void>
}>

/** How long a last answer can be read again. */
const lifetimeSeconds = 24 * 60 * 60
/** An answer is taken for abandoned after so long without any event. Longer than a model may be silent. */
const aliveSeconds = 60

const lastKey = (conversation: string): string => `last-answer:${conversation}`
const eventsKey = (id: string): string => `answer:${id}`
const aliveKey = (id: string): string => `answering:${id}`
const channelOf = (conversation: string): string => `answers:${conversation}`

/** The events of answers in a cache: a list for each answer. */
export function answerEventsIn(redis: Redis, pubSub: PubSub): AnswerEvents {
  return {
    async begin({ conversation, id }) {
      await execute(
        redis
          .multi()
          .del(eventsKey(id))
          .set(aliveKey(id), 1, 'EX', aliveSeconds)
          .set(lastKey(conversation), id, 'EX', lifetimeSeconds),
      )
    },
    async add({ conversation, id }, event) {
      const entry = JSON.stringify(event)
      await execute(
        redis
          .multi()
          .rpush(eventsKey(id), entry)
          .expire(eventsKey(id), lifetimeSeconds)
          .set(aliveKey(id), 1, 'EX', aliveSeconds)
          .publish(pubSub.nameOf(channelOf(conversation)), entry),
      )
    },
    async lastOf(conversation) {
      return (await redis.get(lastKey(conversation))) ?? undefined
    },
    async read(id, after) {
      const entries = await redis.lrange(eventsKey(id), after, -1)
      return entries.map((entry) => JSON.parse(entry) as AnswerEvent)
    },
    async isAbandoned(id) {
      return (await redis.exists(aliveKey(id))) === 0
    },
    listen: (conversation, listener) =>
      pubSub.subscribe(channelOf(conversation), (message) => listener(message as AnswerEvent)),
  }
}
