import { performance } from 'node:perf_hooks'

import { ChannelTape } from './channel-tape.ts'
import { decodedBody } from './content-coding.ts'
import { readEvents } from './event-format.ts'
import type { RawHeaders } from './headers.ts'
import { headerRecord, headerValue } from './headers.ts'
import { Tape } from './tape.ts'
import type { Exchange, Outcome, ProxiedRequest } from './types.ts'

const BODY_BYTES = 64 * 1024
/** Streams get more room than bodies, so that the event that ends a long one is seldom lost. */
const STREAM_BYTES = 1024 * 1024

/** What a reply consists of after its head: a body, an event stream, or a channel (a WebSocket connection). */
type ReplyContent =
  | { kind: 'body'; tape: Tape }
  | { kind: 'events'; tape: Tape }
  | { kind: 'channel'; tape: ChannelTape }

type ReplyRecord = { status: number; rawHeaders: RawHeaders; content: ReplyContent }

type RequestHead = { id: number; method: string; path: string; rawHeaders: RawHeaders }

/** Collects one exchange while it runs. Nothing is decoded or parsed before somebody reads it. */
export class ExchangeRecord {
  readonly head: RequestHead
  readonly requestBody: Tape = new Tape(BODY_BYTES)
  readonly #at = Date.now()
  readonly #started = performance.now()
  #reply: ReplyRecord | undefined
  #end: { outcome: Outcome; durationMs: number } | undefined
  #read: Exchange | undefined

  constructor(head: RequestHead) {
    this.head = head
  }

  get settled(): boolean {
    return this.#end !== undefined
  }

  /** Notes the head of a reply with a body; its bytes, as the client gets them, go onto the tape returned. */
  body(status: number, rawHeaders: RawHeaders): Tape {
    const tape = new Tape(BODY_BYTES)
    this.#reply = { status, rawHeaders, content: { kind: 'body', tape } }
    return tape
  }

  /** Notes the head of an event stream; its bytes, as the client gets them, go onto the tape returned. */
  events(status: number, rawHeaders: RawHeaders): Tape {
    const tape = new Tape(STREAM_BYTES)
    this.#reply = { status, rawHeaders, content: { kind: 'events', tape } }
    return tape
  }

  /** Notes an accepted upgrade; the bytes at the client's side go onto the tape returned. */
  channel(status: number, rawHeaders: RawHeaders): ChannelTape {
    const tape = new ChannelTape(STREAM_BYTES)
    this.#reply = { status, rawHeaders, content: { kind: 'channel', tape } }
    return tape
  }

  /** Sets how it ended; the first outcome counts. Returns whether this was the first. */
  settle(outcome: Outcome): boolean {
    if (this.#end !== undefined) return false
    this.#end = { outcome, durationMs: performance.now() - this.#started }
    return true
  }

  /** The request, with as much of its body as has come in, cut at 64 KiB. */
  request(): ProxiedRequest {
    const { id, method, path, rawHeaders } = this.head
    const body = decodedBody(this.requestBody.bytes(), headerValue(rawHeaders, 'content-encoding'))
    return { id, method, path, headers: headerRecord(rawHeaders), body: body.subarray(0, BODY_BYTES) }
  }

  /** What its reply consists of after the head; undefined without a reply. */
  get kind(): ReplyContent['kind'] | undefined {
    return this.#reply?.content.kind
  }

  get status(): number | undefined {
    return this.#reply?.status
  }

  get at(): number {
    return this.#at
  }

  get end(): Readonly<{ outcome: Outcome; durationMs: number }> {
    return this.#end ?? { outcome: 'aborted', durationMs: 0 }
  }

  /** Bytes of bodies, events and messages that are kept. */
  get held(): number {
    return this.requestBody.length + (this.#reply?.content.tape.length ?? 0)
  }

  /** The whole exchange; read once, after it was settled. */
  exchange(): Exchange {
    return (this.#read ??= this.#readAll())
  }

  #readAll(): Exchange {
    const { outcome, durationMs } = this.end
    const cut = this.requestBody.cut || (this.#reply?.content.tape.cut ?? false)
    return {
      id: this.head.id,
      at: this.#at,
      request: this.request(),
      ...(this.#reply === undefined ? {} : readReply(this.#reply)),
      durationMs,
      outcome,
      ...(cut ? { cut } : {}),
    }
  }
}

function readReply({ status, rawHeaders, content }: ReplyRecord): Pick<Exchange, 'reply' | 'events' | 'frames'> {
  const reply = { status, headers: headerRecord(rawHeaders) }
  const encoding = headerValue(rawHeaders, 'content-encoding')
  switch (content.kind) {
    case 'body':
      return { reply: { ...reply, body: decodedBody(content.tape.bytes(), encoding).subarray(0, BODY_BYTES) } }
    case 'events':
      return { reply, events: readEvents(decodedBody(content.tape.bytes(), encoding)) }
    case 'channel':
      return { reply, frames: content.tape.read().frames }
    default:
      return content satisfies never
  }
}
