import { isPlainObject } from '#harness/contract/example.ts'
import type { ProxiedReply } from '#harness/stack/proxy/types.ts'
import { replyAs, replyBody } from './deviations.ts'
import type { Harmless } from './drift.ts'

type ChangeObject = (object: Record<string, unknown>) => Record<string, unknown>

function everywhere(value: unknown, change: ChangeObject): unknown {
  if (Array.isArray(value)) return value.map((item) => everywhere(item, change))
  if (!isPlainObject(value)) return value
  return change(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, everywhere(field, change)])))
}

function isJson({ headers, body }: ProxiedReply): boolean {
  return body.length > 0 && String(headers['content-type']).includes('json')
}

/** Further fields in every object of every reply. */
export const furtherFields: Harmless = {
  name: 'further fields everywhere',
  hooks: replyBody((body) => everywhere(body, (object) => ({ ...object, added_later: { nested: true } })), isJson),
}

/** The keys of every object the other way round. */
export const otherOrder: Harmless = {
  name: 'keys in another order',
  hooks: replyBody(
    (body) => everywhere(body, (object) => Object.fromEntries(Object.entries(object).toReversed())),
    isJson,
  ),
}

/** Headers that nobody asked for, and a charset behind the media type. */
export const furtherHeaders: Harmless = {
  name: 'further headers, and a charset',
  hooks: replyAs(
    (reply) => ({
      ...reply,
      headers: {
        ...reply.headers,
        'server-timing': 'db;dur=3',
        ...(isJson(reply) && { 'content-type': 'application/json; charset=utf-8' }),
      },
    }),
    () => true,
  ),
}

/** An operation beside those of the contract. */
export const furtherOperation: Harmless = {
  name: 'a new operation beside the others',
  hooks: {
    request: (request) =>
      request.path.startsWith('/api/added-later')
        ? { reply: { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('[]') } }
        : request,
  },
}

/** Changes of JSON over HTTP that break no consumer: any provider may make them at any time. */
export const harmlessReplies: readonly Harmless[] = [furtherFields, otherOrder, furtherHeaders, furtherOperation]
