import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { errorShape } from '#harness/contract/error-shape.ts'
import { http, sse, ws } from '#harness/contract/operation.ts'
import { bearer, security, signature, type RequestToSign } from '#harness/contract/security.ts'
import { state } from '#harness/contract/state.ts'

const Problem = z.object({ message: z.string() })

/** The seal of a request: HMAC-SHA-256 over method, path with query, and body, in hexadecimal. */
export function seal(key: string, { method, path, body }: RequestToSign): string {
  return createHmac('sha256', key).update(`${method} ${path}\n`).update(body).digest('hex')
}

/** Makes a small contract whose callers seal their requests, each kind of operation once. */
export function vaultWith(sign: (key: string, request: RequestToSign) => string) {
  const sealed = security('seal', {
    carriers: [signature({ scheme: 'Seal', pattern: '[0-9a-f]{64}', sign })],
    value: 'key',
  })
  const badge = security('badge', { carriers: [bearer()], value: 'badge' })
  return contract('vault', {
    errors: errorShape(Problem, {
      body: ({ message }) => ({ message }),
      read: ({ message }) => ({ code: '', message }),
    }),
    states: {
      keyKnown: state(z.object({ owner: z.string() }), { provides: { key: z.string() } }),
      badgeKnown: state(z.object({ owner: z.string() }), { provides: { badge: z.string() } }),
    },
    operations: {
      store: http.put('/boxes/{id}', {
        auth: sealed,
        params: { id: z.int() },
        query: { note: z.string().optional() },
        body: z.object({ what: z.string() }),
        replies: { 200: z.object({ what: z.string() }), 401: Problem },
      }),
      visit: http.get('/hall', { auth: badge, replies: { 200: z.object({ badge: z.string() }), 401: Problem } }),
      watch: sse.post('/watch', {
        auth: sealed,
        body: z.object({ what: z.string() }),
        events: { seen: z.object({ what: z.string() }) },
        order: 'seen*',
        replies: { 401: Problem },
      }),
      talk: ws.channel('/talk', {
        auth: sealed,
        send: { ask: z.object({}) },
        receive: { answer: z.object({ what: z.string() }) },
        replies: { 401: Problem },
      }),
    },
  })
}

/** The contract as everybody keeps it. */
export const vault = vaultWith(seal)
