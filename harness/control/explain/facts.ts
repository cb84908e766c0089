import { jsonOr } from '#harness/contract/json.ts'
import type { Exchange, HeaderRecord, ProxiedFrame } from '#harness/stack/proxy/types.ts'

/** What of a call is compared with what was recorded. Of an exchange and of an interaction alike. */
export type Facts = Readonly<{
  transport: 'http' | 'sse' | 'ws' | 'preflight'
  method: string
  query: Readonly<Record<string, readonly string[]>>
  /** In lower case. */
  headers: ReadonlySet<string>
  /** JSON as its value, all else as undefined. */
  body: unknown
  status: number | undefined
  replyBody: unknown
  /** Names of events or messages that came, and of messages that were sent. */
  received: ReadonlySet<string>
  sent: ReadonlySet<string>
}>

/** The facts of an exchange. */
export function factsOf(exchange: Exchange): Facts {
  const { request, reply, events, frames } = exchange
  const messages = (frames ?? []).map(messageOf)
  return {
    transport: transportOf(exchange),
    method: request.method,
    query: queryOf(request.path),
    headers: new Set(Object.keys(request.headers)),
    body: bodyOf(request.body, request.headers),
    status: reply?.status,
    replyBody: reply?.body && bodyOf(reply.body, reply.headers),
    received: new Set([
      ...(events ?? []).map(({ event }) => event),
      ...messages.filter(({ direction }) => direction === 'to-client').map(({ type }) => type),
    ]),
    sent: new Set(messages.filter(({ direction }) => direction === 'to-server').map(({ type }) => type)),
  }
}

/** The query of a request target, each name with its values. */
export function queryOf(target: string): Readonly<Record<string, readonly string[]>> {
  const start = target.indexOf('?')
  const parameters = new URLSearchParams(start < 0 ? '' : target.slice(start + 1))
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]))
}

/** The path of a request target. */
export function pathOf(target: string): string {
  return target.replace(/[?#].*$/s, '')
}

/** One value of a header, where it is there. */
export function headerOf(headers: HeaderRecord, name: string): string | undefined {
  return [headers[name] ?? []].flat()[0]
}

function transportOf({ request, events, frames }: Exchange): Facts['transport'] {
  if (frames || headerOf(request.headers, 'upgrade') !== undefined) return 'ws'
  if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) return 'preflight'
  return events ? 'sse' : 'http'
}

function bodyOf(body: Buffer, headers: HeaderRecord): unknown {
  const isJson = /^application\/(?:[\w.-]+\+)?json\b/i.test(headerOf(headers, 'content-type') ?? '')
  return isJson ? jsonOr(body.toString('utf8'), undefined) : undefined
}

function messageOf({ direction, data }: ProxiedFrame): { direction: ProxiedFrame['direction']; type: string } {
  const message = typeof data === 'string' ? jsonOr(data, undefined) : undefined
  const type =
    typeof message === 'object' && message !== null && 'type' in message ? String(message.type) : '(unreadable)'
  return { direction, type }
}
