import { messages, replyAs, replyBody } from '#harness/drift/deviations.ts'
import type { Harmless } from '#harness/drift/drift.ts'
import { isPlainObject } from '#harness/contract/example.ts'

function everywhere(value: unknown, change: (object: Record<string, unknown>) => Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => everywhere(item, change))
  if (!isPlainObject(value)) return value
  return change(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, everywhere(field, change)])))
}

const always = (): boolean => true
const isJson = (headers: Readonly<Record<string, unknown>>): boolean => String(headers['content-type']).includes('json')

/** Changes that break no consumer: a provider may make them at any time. */
export const harmless: readonly Harmless[] = [
  {
    name: 'further fields everywhere',
    hooks: {
      ...replyBody(
        (body) => everywhere(body, (object) => ({ ...object, added_later: { nested: true } })),
        ({ headers, body }) => body.length > 0 && isJson(headers),
      ),
      event: (event) => [{ ...event, data: JSON.stringify({ ...(JSON.parse(event.data) as object), added_later: 1 }) }],
      ...messages(({ type, data }) => ({ type, data: { ...data, added_later: 1 }, version: 2 })),
    },
  },
  {
    name: 'keys in another order',
    hooks: replyBody(
      (body) => everywhere(body, (object) => Object.fromEntries(Object.entries(object).toReversed())),
      ({ headers, body }) => body.length > 0 && isJson(headers),
    ),
  },
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
    name: 'a new operation beside the others',
    hooks: {
      request: (request) =>
        request.path.startsWith('/api/models')
          ? { reply: { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('[]') } }
          : request,
      ...replyAs(
        (reply) => ({
          ...reply,
          headers: { ...reply.headers, 'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' },
        }),
        ({ headers }) => 'access-control-allow-methods' in headers,
      ),
    },
  },
  {
    name: 'further headers, and a charset',
    hooks: replyAs(
      (reply) => ({
        ...reply,
        headers: {
          ...reply.headers,
          'server-timing': 'db;dur=3',
          ...(isJson(reply.headers) && { 'content-type': 'application/json; charset=utf-8' }),
        },
      }),
      always,
    ),
  },
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
