import type { BodyOutput } from '#harness/contract/content.ts'
import type { Operations } from '#harness/contract/contract.ts'
import type { HttpOperation, Operation, SseOperation, WsOperation } from '#harness/contract/operation.ts'
import type { EventInput, ReplyOf, SentByClient, SentByServer } from '#harness/contract/reply.ts'
import type { Fields, FieldsOutput } from '#harness/contract/schema.ts'
import type { Security } from '#harness/contract/security.ts'

type Of<S, K extends string> = S extends { readonly [N in K]: infer F } ? F : undefined
type Values<F> = F extends Fields ? FieldsOutput<F> : Record<never, never>

/** What a handler gets: the request's parts, read and checked by the contract. */
export type HandlerInput<Op extends Operation, Principal> = Readonly<{
  params: Values<Of<Op['spec'], 'params'>>
  query: Values<Of<Op['spec'], 'query'>>
  headers: Values<Of<Op['spec'], 'headers'>>
  body: Op['spec'] extends { readonly body: infer B } ? BodyOutput<B> : undefined
  /** Who calls: what `authenticate` gave for the credential. Only on operations with `auth`. */
  principal: Op['spec'] extends { readonly auth: Security } ? Principal : undefined
  requestId: string
  /** Aborted when the caller has gone. */
  signal: AbortSignal
  request: Request
}>

export type HttpHandler<Op extends HttpOperation, Principal> = (
  input: HandlerInput<Op, Principal>,
) => ReplyOf<Op> | Promise<ReplyOf<Op>>

/** Gives a reply in place of the stream, or the events: an async generator that yields `event('token', …)`. */
export type SseHandler<Op extends SseOperation, Principal> = (
  input: HandlerInput<Op, Principal> & Readonly<{ lastEventId: string | undefined }>,
) => SseAnswer<Op> | Promise<SseAnswer<Op>>

export type SseAnswer<Op extends SseOperation> = ReplyOf<Op> | AsyncIterable<EventInput<Op>>

/** The provider's end of a channel. Iterating gives what the client sends, until it closes. */
export type ServerChannel<Op extends WsOperation> = AsyncIterable<SentByClient<Op, 'output'>> &
  Readonly<{
    send(message: SentByServer<Op, 'input'>): void
    close(code?: number, reason?: string): void
    /** Aborted when the channel is closed by either side. */
    closed: AbortSignal
  }>

/** Runs for as long as the channel is open; returning closes it. */
export type WsHandler<Op extends WsOperation, Principal> = (
  channel: ServerChannel<Op>,
  input: HandlerInput<Op, Principal>,
) => Promise<void>

export type HandlerFor<Op extends Operation, Principal> = Op extends HttpOperation
  ? HttpHandler<Op, Principal>
  : Op extends SseOperation
    ? SseHandler<Op, Principal>
    : Op extends WsOperation
      ? WsHandler<Op, Principal>
      : never

/** One handler per operation. The same shape for a live service and for a mock. */
export type Handlers<Ops extends Operations, Principal> = { readonly [N in keyof Ops]: HandlerFor<Ops[N], Principal> }
