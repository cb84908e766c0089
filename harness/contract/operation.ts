import type { BodyDefinition, ReplyDefinition } from './content.ts'
import type { PathParameter } from './path.ts'
import type { Fields, Schema } from './schema.ts'
import type { Security } from './security.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Replies by status. */
export type Replies = Readonly<Record<number, ReplyDefinition>>

/** The schemas of all parameters in a path template: one for each name in braces. */
export type ParamsFor<P extends string> = [PathParameter<P>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Readonly<Record<PathParameter<P>, Schema>> }

type RequestSpec = {
  readonly summary?: string
  readonly params?: Fields
  readonly query?: Fields
  readonly headers?: Fields
  readonly body?: BodyDefinition
  /** How the caller proves who it is; absent for everybody's operations. */
  readonly auth?: Security
}

export type HttpSpec = RequestSpec & { readonly replies: Replies }

export type SseSpec = RequestSpec & {
  /** The data of each named event. */
  readonly events: Readonly<Record<string, Schema>>
  /** In which order events come: see `parseOrder`. */
  readonly order: string
  /** Replies given in place of a stream. */
  readonly replies?: Replies
  /** A client may come back with Last-Event-ID and gets what follows (WHATWG HTML §9.2). Only for GET. */
  readonly resumes?: boolean
}

export type WsSpec = {
  readonly summary?: string
  readonly params?: Fields
  readonly query?: Fields
  readonly auth?: Security
  /** What a client may send, by message name. */
  readonly send: Readonly<Record<string, Schema>>
  /** What a client receives, by message name. */
  readonly receive: Readonly<Record<string, Schema>>
  /** Replies that refuse the upgrade. */
  readonly replies?: Replies
}

export type HttpOperation<P extends string = string, S extends HttpSpec = HttpSpec> = Readonly<{
  kind: 'http'
  method: Method
  path: P
  spec: S
}>

export type SseOperation<P extends string = string, S extends SseSpec = SseSpec> = Readonly<{
  kind: 'sse'
  method: 'GET' | 'POST'
  path: P
  spec: S
}>

export type WsOperation<P extends string = string, S extends WsSpec = WsSpec> = Readonly<{
  kind: 'ws'
  method: 'GET'
  path: P
  spec: S
}>

export type Operation = HttpOperation | SseOperation | WsOperation

type HttpVerb = <const P extends string, const S extends HttpSpec>(
  path: P,
  spec: S & ParamsFor<P>,
) => HttpOperation<P, S>

function httpVerb(method: Method): HttpVerb {
  return (path, spec) => ({ kind: 'http', method, path, spec })
}

/** Operations of request and reply. */
export const http: Readonly<Record<Lowercase<Method>, HttpVerb>> = {
  get: httpVerb('GET'),
  post: httpVerb('POST'),
  put: httpVerb('PUT'),
  patch: httpVerb('PATCH'),
  delete: httpVerb('DELETE'),
}

type SseVerb = <const P extends string, const S extends SseSpec>(path: P, spec: S & ParamsFor<P>) => SseOperation<P, S>

/** Operations that answer with a stream of server-sent events. */
export const sse: Readonly<{ get: SseVerb; post: SseVerb }> = {
  get: (path, spec) => ({ kind: 'sse', method: 'GET', path, spec }),
  post: (path, spec) => ({ kind: 'sse', method: 'POST', path, spec }),
}

type WsVerb = <const P extends string, const S extends WsSpec>(path: P, spec: S & ParamsFor<P>) => WsOperation<P, S>

/**
 * Channels over WebSocket. A message is one text frame: `{"type": name, "data": payload}`.
 * A client that cannot set headers brings a bearer token as the subprotocol `bearer.<token>`.
 */
export const ws: Readonly<{ channel: WsVerb }> = {
  channel: (path, spec) => ({ kind: 'ws', method: 'GET', path, spec }),
}

/** Methods that may be sent again after a failure without doing the thing twice (RFC 9110 §9.2.2). */
export function isIdempotent(operation: Operation): boolean {
  return operation.method === 'GET' || operation.method === 'PUT' || operation.method === 'DELETE'
}

/** Words for an operation in messages: `POST /api/conversations`. */
export function signature(operation: Operation): string {
  return operation.kind === 'ws' ? `WS ${operation.path}` : `${operation.method} ${operation.path}`
}
