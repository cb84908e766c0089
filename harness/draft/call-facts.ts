import { contentOf } from '#harness/contract/content.ts'
import { isPlainObject } from '#harness/contract/example.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { Facts } from '#harness/control/explain/facts.ts'
import type { ShownBody } from '#harness/control/types.ts'
import { declaredBody } from './declared-fields.ts'
import type { SeenCall } from './seen-call.ts'

/** A message of a channel, as it was sent. */
export type SeenMessage = Readonly<{ from: 'consumer' | 'provider'; type: string; data: unknown }>

/** What of a call is compared with what was recorded: of its request, what its operation has, as no more can be recorded. */
export function factsOfCall(call: SeenCall, operation: Operation | undefined): Facts {
  const messages = messagesOf(call)
  const declared = Object.keys(operation?.spec.query ?? {})
  return {
    transport: transportOf(call),
    method: call.method,
    query: Object.fromEntries(Object.entries(call.query).filter(([name]) => declared.includes(name))),
    headers: new Set(Object.keys(call.request.headers).map((name) => name.toLowerCase())),
    body: sentBody(call, operation),
    status: call.status,
    replyBody: call.reply && jsonOf(call.reply.body),
    received: new Set([
      ...(call.events ?? []).map(({ event }) => event),
      ...messages.filter(({ from }) => from === 'provider').map(({ type }) => type),
    ]),
    sent: new Set(messages.filter(({ from }) => from === 'consumer').map(({ type }) => type)),
  }
}

/** Headers whose presence makes a call another one. */
export function tellingHeaders(operation: Operation): ReadonlySet<string> {
  const declared = operation.kind === 'ws' ? {} : (operation.spec.headers ?? {})
  return new Set(['last-event-id', 'range', ...Object.keys(declared).map((name) => name.toLowerCase())])
}

/** The messages of a channel; what is none of the form that channels have is left out. */
export function messagesOf({ messages = [] }: SeenCall): readonly SeenMessage[] {
  return messages.flatMap(({ from, data }) =>
    isPlainObject(data) && typeof data['type'] === 'string' ? [{ from, type: data['type'], data: data['data'] }] : [],
  )
}

/** One value of a header, where it is there. */
export function headerOf(headers: SeenCall['request']['headers'], name: string): string | undefined {
  return [headers[name] ?? []].flat()[0]
}

function transportOf({ method, request, events, messages }: SeenCall): Facts['transport'] {
  if (messages || headerOf(request.headers, 'upgrade') !== undefined) return 'ws'
  if (method === 'OPTIONS' && headerOf(request.headers, 'access-control-request-method') !== undefined)
    return 'preflight'
  return events ? 'sse' : 'http'
}

function sentBody({ request, status = 0 }: SeenCall, operation: Operation | undefined): unknown {
  const content = operation && operation.kind !== 'ws' ? contentOf(operation.spec.body) : undefined
  const body = jsonOf(request.body)
  return content?.kind === 'json' && body !== undefined ? declaredBody(content.schema, body, status) : body
}

function jsonOf(body: ShownBody): unknown {
  return body.kind === 'json' ? body.value : undefined
}
