import type { Drift } from '#harness/drift/drift.ts'
import { replyAs, replyBody, replyField, withJson, withoutRequestHeader } from '#harness/drift/deviations.ts'
import { set } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'

/** Error shape and credentials (C13, C14). */
export const refusals: readonly Drift[] = [
  {
    class: 'C13',
    operation: 'getConversation',
    name: 'error as text in the error field',
    hooks: replyField('error', set('not found'), ({ status: code }) => code >= 400),
    expected: inBody('\\.error'),
  },
  {
    class: 'C13',
    operation: 'createConversation',
    name: 'error as plain text',
    hooks: replyAs(
      (reply) => ({
        ...reply,
        headers: { ...reply.headers, 'content-type': 'text/plain' },
        body: Buffer.from('invalid'),
      }),
      ({ status: code }) => code >= 400,
    ),
    expected: { path: /^\$\.reply\.(body|headers)/ },
  },
  {
    class: 'C13',
    operation: 'signIn',
    name: 'limiter with an error shape of its own',
    hooks: replyBody(
      () => ({ error: 'rate_limit_exceeded' }),
      ({ status: code }) => code === 429,
    ),
    expected: inBody('\\.error'),
  },
  {
    class: 'C14',
    operation: 'whoAmI',
    name: 'credential not checked',
    hooks: replyAs(
      (reply) => withJson({ ...reply, status: 200 }, { id: crypto.randomUUID(), email: 'ann@example.com' }),
      ({ status: code }) => code === 401,
    ),
    expected: inStatus,
  },
  {
    class: 'C14',
    operation: 'listConversations',
    name: 'cookie never read',
    hooks: withoutRequestHeader('cookie'),
    expected: inStatus,
  },
]
