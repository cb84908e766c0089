import type { Drift } from '#harness/drift/drift.ts'
import { replyAs, replyField, requestPath, withJson } from '#harness/drift/deviations.ts'
import { set, turn } from '#harness/drift/json-place.ts'
import { inBody, inStatus } from '#harness/drift/places.ts'

/** Emptiness, silence, order and mocks that answer from somewhere else (C18, C20 to C22). */
export const answers: readonly Drift[] = [
  {
    class: 'C18',
    operation: 'listConversations',
    name: 'always empty',
    hooks: replyField('data', set([])),
    expected: inBody('\\.data'),
  },
  {
    class: 'C18',
    operation: 'listMessages',
    name: 'always empty',
    hooks: replyField('data', set([])),
    expected: inBody('\\.data'),
  },
  {
    class: 'C20',
    operation: 'health',
    name: 'hangs with a store down',
    hooks: { reply: (reply) => (reply.status === 503 ? 'hang' : reply) },
    expected: { code: 'no-answer' },
    timeoutMs: 1_500,
  },
  {
    class: 'C20',
    operation: 'createConversation',
    name: 'never answers',
    hooks: { request: () => 'hang' },
    expected: { code: 'no-answer' },
    timeoutMs: 1_500,
  },
  {
    class: 'C21',
    operation: 'listConversations',
    name: 'oldest first',
    hooks: replyField(
      'data',
      turn((list) => (list as unknown[]).toReversed()),
    ),
    expected: inBody('\\.data\\[0\\]'),
  },
  {
    class: 'C21',
    operation: 'listConversations',
    name: 'page and limit ignored',
    hooks: requestPath((path) => path.split('?')[0] ?? path),
    expected: inBody('\\.(data|pagination)'),
  },
  {
    class: 'C21',
    operation: 'listMessages',
    name: 'newest first',
    hooks: replyField(
      'data',
      turn((list) => (list as unknown[]).toReversed()),
    ),
    expected: inBody('\\.data\\[0\\]'),
  },
  {
    class: 'C22',
    operation: 'getConversation',
    name: "an answer of somebody else's example",
    hooks: replyField(
      'title',
      turn(() => 'Example'),
    ),
    expected: inBody('\\.title'),
  },
  {
    class: 'C22',
    operation: 'deleteConversation',
    name: '204 mocked with a body that works',
    hooks: replyAs((reply) => withJson({ ...reply, status: 200 }, { deleted: true })),
    expected: inStatus,
  },
]
