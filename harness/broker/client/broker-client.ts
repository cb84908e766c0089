import { setTimeout as pause } from 'node:timers/promises'
import { jsonOr } from '#harness/contract/json.ts'
import type { BrokerAddress } from './broker-address.ts'
import { BrokerRefused, BrokerUnreachable, messagesIn } from './broker-errors.ts'

/** A JSON document of a broker. */
export type Document = Readonly<Record<string, unknown>>

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Calls a broker over HTTP. Paths begin with a slash; addresses that the broker gave are taken as they are. */
export type BrokerClient = Readonly<{
  baseUrl: string
  /** Gives the document. @throws BrokerRefused for a status that is no success, BrokerUnreachable */
  get: (path: string) => Promise<Document>
  /** Gives the document, or undefined where there is none (404). @throws as `get` */
  find: (path: string) => Promise<Document | undefined>
  /** Sends a document and gives the answer. @throws as `get` */
  send: (method: Exclude<Method, 'GET'>, path: string, body?: unknown) => Promise<Document>
}>

export type ClientOptions = Readonly<{
  /** How often to try again where the broker could not be reached or failed: few and short, so that a build ends. */
  retryAfterMs?: readonly number[]
  /** How long an answer may take. */
  patienceMs?: number
}>

const defaults = { retryAfterMs: [300, 1_000], patienceMs: 20_000 } as const

/** Makes the client of a broker. */
export function brokerClient(address: BrokerAddress, options: ClientOptions = {}): BrokerClient {
  const { retryAfterMs, patienceMs } = { ...defaults, ...options }

  async function call(method: Method, path: string, body?: unknown): Promise<Response> {
    const url = path.startsWith('/') ? `${address.baseUrl}${path}` : sameBroker(address, path)
    for (let attempt = 0; ; attempt++) {
      const answer = await attemptCall(url, requestOf(address, { method, body, patienceMs }))
      if (answer instanceof Response && answer.status < 500 && answer.status !== 429) return answer
      const wait = retryAfterMs[attempt]
      if (wait === undefined) throw unreachable(address, answer)
      await pause(wait)
    }
  }

  async function read(method: Method, path: string, body?: unknown): Promise<Document | undefined> {
    const response = await call(method, path, body)
    const text = await response.text()
    if (response.status === 404 && method === 'GET') return undefined
    const document = text === '' ? {} : jsonOr(text, undefined)
    if (!response.ok)
      throw new BrokerRefused(`${method} ${pathOf(address, path)}`, response.status, messagesIn(document))
    if (typeof document === 'object' && document !== null) return document as Document
    throw new BrokerUnreachable(
      `${address.baseUrl} answers ${method} ${pathOf(address, path)} with something that is no JSON: no Pact Broker is there. Check PACT_BROKER_BASE_URL.`,
    )
  }

  return {
    baseUrl: address.baseUrl,
    find: (path) => read('GET', path),
    async get(path) {
      const document = await read('GET', path)
      if (document) return document
      throw new BrokerRefused(`GET ${pathOf(address, path)}`, 404, ['there is no such thing'])
    },
    async send(method, path, body) {
      return (await read(method, path, body)) ?? {}
    },
  }
}

type Request = Readonly<{ method: Method; body: unknown; patienceMs: number }>

function requestOf({ authorization }: BrokerAddress, { method, body, patienceMs }: Request): RequestInit {
  return {
    method,
    headers: {
      accept: 'application/hal+json, application/json',
      ...(authorization !== undefined && { authorization }),
      ...(body !== undefined && {
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      }),
    },
    signal: AbortSignal.timeout(patienceMs),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

async function attemptCall(url: string, request: RequestInit): Promise<Response | Error> {
  try {
    return await fetch(url, request)
  } catch (error) {
    return error as Error
  }
}

/** Credentials go to no other host than the one they are for, wherever a document points. */
function sameBroker({ baseUrl }: BrokerAddress, url: string): string {
  const [there, here] = [new URL(url), new URL(baseUrl)]
  return `${here.origin}${there.pathname}${there.search}`
}

function pathOf(address: BrokerAddress, path: string): string {
  return new URL(path, `${address.baseUrl}/`).pathname
}

function unreachable({ baseUrl }: BrokerAddress, answer: Response | Error): BrokerUnreachable {
  const advice = 'Check PACT_BROKER_BASE_URL, and that the broker runs.'
  if (answer instanceof Response)
    return new BrokerUnreachable(`the broker at ${baseUrl} fails: it answers with ${answer.status}. ${advice}`)
  const reason = answer.cause instanceof Error ? answer.cause.message || answer.cause.name : answer.message
  return new BrokerUnreachable(`the broker at ${baseUrl} cannot be reached: ${reason}. ${advice}`)
}
