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

/** The facts of an exchange. What is read out of bodies and messages is read when it is compared with something. */
export function factsOf(exchange: Exchange): Facts {
  return new ExchangeFacts(exchange)
}

class ExchangeFacts implements Facts {
  readonly transport: Facts['transport']
  readonly method: string
  readonly status: number | undefined
  readonly #exchange: Exchange
  #said: Said | undefined
  #body: Readonly<{ value: unknown }> | undefined
  #replyBody: Readonly<{ value: unknown }> | undefined

  constructor(exchange: Exchange) {
    this.transport = transportOf(exchange)
    this.method = exchange.request.method
    this.status = exchange.reply?.status
    this.#exchange = exchange
  }

  get query(): Facts['query'] {
    return queryOf(this.#exchange.request.path)
  }

  get headers(): ReadonlySet<string> {
    return new Set(Object.keys(this.#exchange.request.headers))
  }

  get body(): unknown {
    const { body, headers } = this.#exchange.request
    return (this.#body ??= { value: bodyOf(body, headers) }).value
  }

  get replyBody(): unknown {
    const { reply } = this.#exchange
    return (this.#replyBody ??= { value: reply?.body && bodyOf(reply.body, reply.headers) }).value
  }

  get received(): ReadonlySet<string> {
    return (this.#said ??= saidIn(this.#exchange)).received
  }

  get sent(): ReadonlySet<string> {
    return (this.#said ??= saidIn(this.#exchange)).sent
  }
}

type Said = Pick<Facts, 'received' | 'sent'>

function saidIn({ events, frames }: Exchange): Said {
  const messages = (frames ?? []).map(messageOf)
  return {
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
  return target.includes('?') || target.includes('#') ? target.replace(/[?#].*$/s, '') : target
}

/** One value of a header, where it is there. */
export function headerOf(headers: HeaderRecord, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

function transportOf({ request, reply, events, frames }: Exchange): Facts['transport'] {
  if (frames || (mayBeUpgrade(reply?.status) && headerOf(request.headers, 'upgrade') !== undefined)) return 'ws'
  if (request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined) return 'preflight'
  return events ? 'sse' : 'http'
}

/** A channel that was asked for is opened (101) or refused: what was answered well is none, whatever its headers. */
function mayBeUpgrade(status: number | undefined): boolean {
  return status === undefined || status < 200 || status >= 300
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
