import { createSecretKey, randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Logs } from '../observability/log.ts'
import { execute } from '../stores/redis.ts'

/** Who is signed in, and by which of their sessions. */
export type Session = Readonly<{
  id: string
  account: Readonly<{ id: string; email: string }>
  /** Milliseconds since 1970. */
  expiresAt: number
}>

/** Signed-in sessions. A session is over when its token expires, or before that when its record in the cache is gone. */
export type Sessions = Readonly<{
  /** Begins a session and gives its token. */
  begin: (account: Session['account']) => Promise<string>
  /** The session of a token; undefined where the token is none, expired or revoked. */
  find: (token: string) => Promise<Session | undefined>
  end: (session: Session) => Promise<void>
  /** Ends all sessions of an account. */
  endAll: (accountId: string) => Promise<void>
  /** Those of some sessions that are over. */
  over: (sessions: readonly Session[]) => Promise<readonly Session[]>
}>

export const sessionLifetimeSeconds = 24 * 60 * 60

/** RFC 7519 §4.1. */
const Claims = z.object({ sub: z.uuid(), email: z.email(), jti: z.uuid(), exp: z.int() })

const recordKey = (sessionId: string): string => `session:${sessionId}`
const accountKey = (accountId: string): string => `sessions-of:${accountId}`

/** Makes the sessions: tokens are JWTs signed with HS256 (RFC 7515). */
export function makeSessions(redis: Redis, secret: string, { cache: log }: Logs): Sessions {
  const key = createSecretKey(secret, 'utf8')

  async function read(token: string): Promise<Session | undefined> {
    try {
      const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] })
      const { sub, email, jti, exp } = Claims.parse(payload)
      return { id: jti, account: { id: sub, email }, expiresAt: exp * 1000 }
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined
      throw error
    }
  }
  async function over(sessions: readonly Session[]): Promise<readonly Session[]> {
    const records = await redis.mget(sessions.map((session) => recordKey(session.id)))
    return sessions.filter((session, index) => records[index] === null || session.expiresAt <= Date.now())
  }
  return {
    over,
    async begin(account) {
      const id = randomUUID()
      await execute(
        redis
          .multi()
          .set(recordKey(id), account.id, 'EX', sessionLifetimeSeconds)
          .sadd(accountKey(account.id), id)
          .expire(accountKey(account.id), sessionLifetimeSeconds),
      )
      return new SignJWT({ email: account.email })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(account.id)
        .setJti(id)
        .setIssuedAt()
        .setExpirationTime(`${sessionLifetimeSeconds} s`)
        .sign(key)
    },
    async find(token) {
      const session = await read(token)
      if (!session) return undefined
      const ended = (await over([session])).length > 0
      log.info({ cache: 'session', result: ended ? 'miss' : 'hit' }, 'Cache checked')
      return ended ? undefined : session
    },
    async end(session) {
      await execute(redis.multi().del(recordKey(session.id)).srem(accountKey(session.account.id), session.id))
    },
    async endAll(accountId) {
      const ids = await redis.smembers(accountKey(accountId))
      await redis.del(accountKey(accountId), ...ids.map(recordKey))
    },
  }
}
