import type { Redis } from 'ioredis'
import { execute } from '../stores/redis.ts'

/** Counts attempts to sign in, by e-mail address, against guessing of passwords. */
export type SignInLimit = Readonly<{
  /** Counts an attempt. Gives the seconds to wait where it is one too many. */
  attempt: (email: string) => Promise<number | undefined>
  /** Starts to count anew, after a success. */
  forget: (email: string) => Promise<void>
  /** Uses up all attempts. */
  exhaust: (email: string) => Promise<void>
}>

const attempts = 5
const windowSeconds = 60

const keyOf = (email: string): string => `sign-in-attempts:${email.toLowerCase()}`

/** Makes the limit: five attempts within a minute of the first one. */
export function makeSignInLimit(redis: Redis): SignInLimit {
  return {
    async attempt(email) {
      const key = keyOf(email)
      // Counted before the password is looked at, so that attempts at the same time do not slip through together.
      const [, count, seconds] = await execute(redis.multi().set(key, 0, 'EX', windowSeconds, 'NX').incr(key).ttl(key))
      return Number(count) > attempts ? Math.max(1, Number(seconds)) : undefined
    },
    async forget(email) {
      await redis.del(keyOf(email))
    },
    async exhaust(email) {
      await redis.set(keyOf(email), attempts, 'EX', windowSeconds)
    },
  }
}
