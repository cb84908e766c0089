import type { Drift } from '#harness/drift/drift.ts'
import { replyAs, replyBody, withJson, withoutReplyHeader } from '#harness/drift/deviations.ts'
import { inBody, inHeader, inStatus } from '#harness/drift/places.ts'

/** Status, body, headers and envelope of a reply (C4 to C7). */
export const replies: readonly Drift[] = [
  {
    class: 'C4',
    operation: 'createConversation',
    name: '200 where the consumer decides on 201',
    hooks: replyAs((reply) => ({ ...reply, status: 200 })),
    expected: inStatus,
  },
  {
    class: 'C4',
    operation: 'signOut',
    name: '200 with a body in place of 204',
    hooks: replyAs((reply) => withJson({ ...reply, status: 200 }, { success: true })),
    expected: inStatus,
  },
  {
    class: 'C5',
    operation: 'getConversation',
    name: 'no body where one is',
    hooks: replyAs((reply) => ({ ...reply, body: Buffer.alloc(0) })),
    expected: inBody(''),
  },
  {
    class: 'C5',
    operation: 'deleteConversation',
    name: 'a body where none is',
    hooks: replyAs((reply) => withJson({ ...reply, status: 200 }, {})),
    expected: inStatus,
  },
  {
    class: 'C6',
    operation: 'signIn',
    name: 'no Content-Type',
    hooks: withoutReplyHeader('content-type', ({ status: code }) => code === 200),
    expected: inHeader('content-type'),
  },
  {
    class: 'C6',
    operation: 'signIn',
    name: 'no Set-Cookie',
    hooks: withoutReplyHeader('set-cookie'),
    expected: inHeader('set-cookie'),
  },
  {
    class: 'C6',
    operation: 'signIn',
    name: 'no Retry-After with 429',
    hooks: withoutReplyHeader('retry-after'),
    expected: inHeader('retry-after'),
  },
  {
    class: 'C6',
    operation: 'whoAmI',
    name: 'request id not echoed',
    hooks: withoutReplyHeader('x-request-id'),
    expected: inHeader('x-request-id'),
  },
  {
    class: 'C6',
    operation: 'downloadFile',
    name: 'no Content-Disposition',
    hooks: withoutReplyHeader('content-disposition'),
    expected: inHeader('content-disposition'),
  },
  {
    class: 'C7',
    operation: 'getConversation',
    name: 'wrapped in {data}',
    hooks: replyBody((data) => ({ data })),
    expected: inBody(''),
  },
  {
    class: 'C7',
    operation: 'whoAmI',
    name: 'wrapped in {success, data}',
    hooks: replyBody((data) => ({ success: true, data })),
    expected: inBody(''),
  },
  {
    class: 'C7',
    operation: 'listConversations',
    name: 'a bare list',
    hooks: replyBody((body) => (body as { data: unknown }).data),
    expected: inBody(''),
  },
  {
    class: 'C4',
    operation: 'live',
    name: 'channel refused with 403 in place of 401',
    hooks: { upgrade: () => ({ reply: { status: 403, headers: {}, body: Buffer.alloc(0) } }) },
    expected: { code: 'stream-mismatch' },
  },
]
