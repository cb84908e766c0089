import { messages, replyAs } from '#harness/drift/deviations.ts'
import type { Harmless } from '#harness/drift/drift.ts'
import { furtherFields, furtherHeaders, furtherOperation, otherOrder } from '#harness/drift/harmless.ts'

/** Changes that break no consumer: a provider may make them at any time. */
export const harmless: readonly Harmless[] = [
  {
    name: furtherFields.name,
    hooks: {
      ...furtherFields.hooks,
      event: (event) => [{ ...event, data: JSON.stringify({ ...(JSON.parse(event.data) as object), added_later: 1 }) }],
      ...messages(({ type, data }) => ({ type, data: { ...data, added_later: 1 }, version: 2 })),
    },
  },
  otherOrder,
  {
    name: 'a new optional query parameter',
    hooks: {
      request: (request) => ({
        ...request,
        path: `${request.path}${request.path.includes('?') ? '&' : '?'}expand=author`,
      }),
      upgrade: (request) => ({ ...request, path: `${request.path}?expand=author` }),
    },
  },
  {
    name: furtherOperation.name,
    hooks: {
      ...furtherOperation.hooks,
      ...replyAs(
        (reply) => ({
          ...reply,
          headers: { ...reply.headers, 'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' },
        }),
        ({ headers }) => 'access-control-allow-methods' in headers,
      ),
    },
  },
  furtherHeaders,
  {
    name: 'more tokens of an answer that the model makes',
    hooks: {
      event: (event, { method }, index) =>
        method === 'POST' && event.event === 'token' && index > 0
          ? [event, { ...event, data: JSON.stringify({ text: '…' }) }]
          : [event],
    },
  },
]
