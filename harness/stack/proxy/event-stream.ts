import type { IncomingMessage } from 'node:http'

import { writeChunk } from './body.ts'
import { canDecode, decodedStream } from './content-coding.ts'
import { delayOf, Pace } from './delay.ts'
import { BlockSplitter, readEvents, sameEvent, writeEvent } from './event-format.ts'
import { headerValue, withoutHeaders } from './headers.ts'
import { callHook, HookFailure } from './hook-call.ts'
import type { OpenExchange } from './open-exchange.ts'
import type { ReplyHead } from './reply-head.ts'
import { writeHead } from './reply-head.ts'
import type { Tape } from './tape.ts'
import type { Hooks, Instead, ProxiedEvent } from './types.ts'

/** A changed stream is sent plain, and nobody knows its length. */
const CHANGED = new Set(['content-encoding', 'content-length'])

/** Whether a reply is a stream of server-sent events. */
export function isEventStream({ rawHeaders, statusCode }: IncomingMessage): boolean {
  const type = headerValue(rawHeaders, 'content-type')?.split(';')[0]?.trim().toLowerCase()
  return type === 'text/event-stream' && statusCode !== 204 && statusCode !== 304
}

/** Whether hooks act on the events of a stream, or on its end. */
export function changesEvents({ event, eventDelay, streamEnd, holdEvents = false }: Hooks): boolean {
  return holdEvents || event !== undefined || eventDelay !== undefined || streamEnd !== undefined
}

/** Takes an event stream to the client block by block, with the hooks for events, for the end and for holding back. */
export async function relayEvents(exchange: OpenExchange, reply: IncomingMessage, head: ReplyHead): Promise<void> {
  const encoding = headerValue(reply.rawHeaders, 'content-encoding')
  if (!canDecode(encoding)) throw new HookFailure('event', `the stream's content coding is ${encoding}`)
  const sender = new EventSender(exchange, head)
  const rewrite = eventRewriter(exchange)
  const pace = new Pace(exchange)
  for await (const chunk of decodedStream(reply, encoding)) {
    for (const piece of rewrite.push(chunk)) {
      if (piece.gapMs > 0) await pace.next(piece.gapMs)
      await sender.send(piece.bytes)
      if (piece.ends) return exchange.breakOff('reset')
    }
  }
  await sender.send(rewrite.rest())
  await endStream(exchange, sender)
}

async function endStream(exchange: OpenExchange, sender: EventSender): Promise<void> {
  const { events, keepOpen = false } = callHook('streamEnd', () => {
    const end = exchange.hooks.streamEnd?.(exchange.request) ?? {}
    return { ...end, events: end.events?.map(writeEvent) ?? [] }
  })
  await sender.send(Buffer.concat(events))
  await sender.release()
  if (keepOpen) return exchange.hang()
  exchange.settle('streamed')
  exchange.response.end()
}

/** Writes to the client, at once or, with `holdEvents`, when the stream has ended. */
class EventSender {
  readonly #exchange: OpenExchange
  readonly #tape: Tape
  #held: Buffer[] | undefined

  constructor(exchange: OpenExchange, head: ReplyHead) {
    const changed = { ...head, rawHeaders: withoutHeaders(head.rawHeaders, CHANGED) }
    this.#exchange = exchange
    this.#tape = exchange.record.events(changed.status, changed.rawHeaders)
    this.#held = exchange.hooks.holdEvents === true ? [] : undefined
    writeHead(exchange, changed)
    exchange.response.flushHeaders()
  }

  async send(bytes: Buffer): Promise<void> {
    if (this.#held !== undefined) return void this.#held.push(bytes)
    this.#tape.add(bytes)
    await writeChunk(this.#exchange.response, bytes)
  }

  async release(): Promise<void> {
    const held = this.#held ?? []
    this.#held = undefined
    await this.send(Buffer.concat(held))
  }
}

/** Bytes to send, after how long a pause, and whether the connection ends there. */
type Piece = { bytes: Buffer; gapMs: number; ends: boolean }

type EventRewriter = { push(chunk: Buffer): Iterable<Piece>; rest(): Buffer }

/** Puts the `event` hook's events in place of each event. Comments, retry times and untouched events keep their bytes. */
function eventRewriter(exchange: OpenExchange): EventRewriter {
  const { event: hook, eventDelay } = exchange.hooks
  if (hook === undefined && eventDelay === undefined)
    return { push: (chunk) => [asItIs(chunk)], rest: () => Buffer.alloc(0) }
  const splitter = new BlockSplitter()
  let index = 0
  const push = function* (chunk: Buffer): Generator<Piece> {
    for (const block of splitter.push(chunk)) {
      const [event] = readEvents(block)
      if (event === undefined) {
        yield asItIs(block)
        continue
      }
      const at = index++
      const gapMs = eventDelay ? delayOf('eventDelay', () => eventDelay({ ...event }, exchange.request, at)) : 0
      const instead = () => insteadOf({ event, block }, hook?.({ ...event }, exchange.request, at) ?? [event])
      yield { gapMs, ...callHook('event', instead) }
    }
  }
  return { push, rest: () => splitter.rest() }
}

function asItIs(bytes: Buffer): Piece {
  return { bytes, gapMs: 0, ends: false }
}

function insteadOf(
  { event, block }: { event: ProxiedEvent; block: Buffer },
  instead: Instead<ProxiedEvent>,
): Omit<Piece, 'gapMs'> {
  const events = instead === 'cut' ? [] : 'last' in instead ? instead.last : instead
  const bytes = Buffer.concat(events.map((one) => (sameEvent(one, event) ? block : writeEvent(one))))
  return { bytes, ends: !Array.isArray(instead) }
}
