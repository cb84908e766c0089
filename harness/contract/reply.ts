import type { BodyInput, BodyOutput, ContentWithHeaders } from './content.ts'
import type { Operation, SseOperation, WsOperation } from './operation.ts'
import type { Fields, FieldsInput, FieldsOutput } from './schema.ts'
import type { z } from 'zod'

type RepliesOf<Op extends Operation> = Op['spec'] extends { readonly replies: infer R } ? R : Record<never, never>

type HeadersInput<D> =
  D extends ContentWithHeaders<infer _B, infer H extends Fields>
    ? Record<never, never> extends FieldsInput<H>
      ? { readonly headers?: FieldsInput<H> & Readonly<Record<string, string | readonly string[]>> }
      : { readonly headers: FieldsInput<H> & Readonly<Record<string, string | readonly string[]>> }
    : { readonly headers?: Readonly<Record<string, string | readonly string[]>> }

type HeadersOutput<D> =
  D extends ContentWithHeaders<infer _B, infer H extends Fields> ? FieldsOutput<H> : Record<never, never>

type BodyPart<D> = undefined extends BodyInput<D> ? { readonly body?: undefined } : { readonly body: BodyInput<D> }

/** Any reply that an operation may give, as a handler returns it. */
export type ReplyOf<Op extends Operation> = {
  [S in keyof RepliesOf<Op> & number]: { readonly status: S } & BodyPart<RepliesOf<Op>[S]> &
    HeadersInput<RepliesOf<Op>[S]>
}[keyof RepliesOf<Op> & number]

/** The untyped form of a reply. */
export type AnyReply = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, unknown>>
}

/** Replies with a status below 400, as a client's method gives them back. */
export type Success<Op extends Operation> = {
  [S in keyof RepliesOf<Op> & number]: `${S}` extends `2${string}` | `3${string}`
    ? {
        readonly status: S
        readonly body: BodyOutput<RepliesOf<Op>[S]>
        readonly headers: HeadersOutput<RepliesOf<Op>[S]>
      }
    : never
}[keyof RepliesOf<Op> & number]

/** One event of a stream, as a handler yields it. */
export type EventInput<Op extends SseOperation> = {
  [E in keyof Op['spec']['events'] & string]: {
    readonly event: E
    readonly data: z.input<Op['spec']['events'][E]>
    readonly id?: string
  }
}[keyof Op['spec']['events'] & string]

/** One event of a stream, as a client gets it. */
export type EventOutput<Op extends SseOperation> = {
  [E in keyof Op['spec']['events'] & string]: {
    readonly event: E
    readonly data: z.output<Op['spec']['events'][E]>
    readonly id?: string
  }
}[keyof Op['spec']['events'] & string]

type Messages<M, Side extends 'input' | 'output'> = {
  [N in keyof M & string]: {
    readonly type: N
    readonly data: M[N] extends z.ZodType ? (Side extends 'input' ? z.input<M[N]> : z.output<M[N]>) : never
  }
}[keyof M & string]

export type SentByClient<Op extends WsOperation, Side extends 'input' | 'output'> = Messages<Op['spec']['send'], Side>
export type SentByServer<Op extends WsOperation, Side extends 'input' | 'output'> = Messages<
  Op['spec']['receive'],
  Side
>

/** A reply: `reply(201, conversation)`, `reply(204)`, `reply(429, problem, { 'retry-after': 30 })`. */
export function reply<const S extends number>(status: S): { readonly status: S }
export function reply<const S extends number, B>(status: S, body: B): { readonly status: S; readonly body: B }
export function reply<const S extends number, B, const H>(
  status: S,
  body: B,
  headers: H,
): { readonly status: S; readonly body: B; readonly headers: H }
export function reply(status: number, body?: unknown, headers?: Readonly<Record<string, unknown>>): AnyReply {
  return { status, ...(body !== undefined && { body }), ...(headers && { headers }) }
}

/** An event of a stream: `event('token', { text: 'Hel' }, '1')`. */
export function event<const E extends string, const D>(
  name: E,
  data: D,
  id?: string,
): { readonly event: E; readonly data: D; readonly id?: string } {
  return { event: name, data, ...(id !== undefined && { id }) }
}
