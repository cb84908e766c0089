import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { BrokerAuth } from './settings.ts'

/** Lets only those in who show the credentials, at every address: also the heartbeat and badges, as the Pact Broker does. */
export function requireAuth(auth: BrokerAuth): MiddlewareHandler {
  const expected = expectedHeader(auth)
  return async (c, next) => {
    if (expected === undefined || same(c.req.header('authorization') ?? '', expected)) return next()
    return c.body(JSON.stringify({ error: 'Unauthorized: send the broker’s credentials.' }), 401, {
      'content-type': 'application/json',
      'www-authenticate': auth.kind === 'basic' ? 'Basic realm="Pact Broker"' : 'Bearer',
    })
  }
}

function expectedHeader(auth: BrokerAuth): string | undefined {
  switch (auth.kind) {
    case 'none':
      return undefined
    case 'basic':
      return `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`
    case 'token':
      return `Bearer ${auth.token}`
    default:
      return auth satisfies never
  }
}

/** Compares in a time that tells nothing of how much is right. */
function same(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i

/**
 * Where everybody may use the broker, only requests that name this machine are answered: a page elsewhere whose name was made
 * to point here must not reach it.
 */
export function requireLoopbackName(): MiddlewareHandler {
  return async (c, next) => {
    if (loopback.test(c.req.header('host') ?? '')) return next()
    return c.json({ error: 'Forbidden: this broker has no credentials and answers to this machine alone.' }, 403)
  }
}
