import type { Drift } from '#harness/drift/drift.ts'
import { replyAs, withoutReplyHeader } from '#harness/drift/deviations.ts'

/** What pages of another origin may do (C25). */
export const pages: readonly Drift[] = [
  {
    class: 'C25',
    operation: 'renameConversation',
    name: 'PATCH not allowed to pages',
    hooks: replyAs((reply) => ({
      ...reply,
      headers: { ...reply.headers, 'access-control-allow-methods': 'GET, POST, PUT, DELETE' },
    })),
    expected: { code: 'stream-mismatch', path: /method/ },
  },
  {
    class: 'C25',
    operation: 'deleteConversation',
    name: 'origin of the app missing',
    hooks: withoutReplyHeader('access-control-allow-origin'),
    expected: { code: 'stream-mismatch', path: /origin/ },
  },
  {
    class: 'C25',
    operation: 'createConversation',
    name: 'request id header not allowed to pages',
    hooks: replyAs((reply) => ({
      ...reply,
      headers: { ...reply.headers, 'access-control-allow-headers': 'content-type' },
    })),
    expected: { code: 'stream-mismatch', path: /x-request-id/ },
  },
]
