import type { IncomingMessage } from 'node:http'

import { collect, flushUnlessFollowed } from './body.ts'
import { decodedBody } from './content-coding.ts'
import { holdBack } from './delay.ts'
import { changesEvents, isEventStream, relayEvents } from './event-stream.ts'
import { headerRecord, headerValue, rawHeaders, withoutHeaders } from './headers.ts'
import { callHook } from './hook-call.ts'
import type { OpenExchange } from './open-exchange.ts'
import type { ReplyHead } from './reply-head.ts'
import { replyHead, writeHead } from './reply-head.ts'
import type { Tape } from './tape.ts'
import type { Hooks, Outcome, ProxiedHead } from './types.ts'
import { checkedStatus, sendWhole } from './whole-reply.ts'

const ENCODING = new Set(['content-encoding'])
/** The proxy frames the body itself. */
const FRAMING = new Set(['transfer-encoding'])

/** Takes the provider's reply to the client: piped, changed as a whole, or event by event. */
export async function handleReply(exchange: OpenExchange, reply: IncomingMessage): Promise<void> {
  const { hooks, record } = exchange
  if (hooks.delay !== undefined) {
    await holdBack(exchange, hooks.delay)
    // A stream that failed before anybody listened says so to nobody.
    if (reply.errored !== null) return exchange.breakOff('aborted')
  }
  if (isEventStream(reply) && record.head.method !== 'HEAD') return streamReply(exchange, reply)
  if (hooks.reply !== undefined) return hookedReply(exchange, reply, hooks.reply)
  const head = replyHead(reply)
  writeHead(exchange, head)
  pipeReply(exchange, reply, { tape: record.body(head.status, head.rawHeaders), outcome: 'answered' })
}

async function streamReply(exchange: OpenExchange, reply: IncomingMessage): Promise<void> {
  const { hooks, record } = exchange
  const head = streamHead(exchange, replyHead(reply))
  if (changesEvents(hooks)) {
    return relayEvents(exchange, reply, head)
  }
  writeHead(exchange, head)
  pipeReply(exchange, reply, { tape: record.events(head.status, head.rawHeaders), outcome: 'streamed' })
}

function streamHead(exchange: OpenExchange, head: ReplyHead): ReplyHead {
  const hook = exchange.hooks.streamHead
  if (hook === undefined) return head
  return callHook('streamHead', () => {
    const changed = hook({ status: head.status, headers: headerRecord(head.rawHeaders) }, exchange.request)
    return changedHead(head, changed)
  })
}

async function hookedReply(exchange: OpenExchange, reply: IncomingMessage, hook: NonNullable<Hooks['reply']>) {
  const wire = await collect(reply)
  const head = replyHead(reply)
  const body = decodedBody(wire, headerValue(head.rawHeaders, 'content-encoding'))
  const decided = callHook('reply', () => {
    const result = hook({ status: head.status, headers: headerRecord(head.rawHeaders), body }, exchange.request)
    if (typeof result === 'string') return result
    const changed = changedHead(head, result)
    if (result.body.equals(body)) return { ...changed, body: wire }
    return { ...changed, rawHeaders: withoutHeaders(changed.rawHeaders, ENCODING), body: result.body }
  })
  if (decided === 'hang') exchange.hang()
  else if (decided === 'reset') exchange.reset()
  else sendWhole(exchange, decided)
}

function changedHead(head: ReplyHead, changed: ProxiedHead): ReplyHead {
  const status = checkedStatus(changed.status)
  const raw = withoutHeaders(rawHeaders(changed.headers, head.rawHeaders), FRAMING)
  return { status, rawHeaders: raw, ...(status === head.status ? { statusMessage: head.statusMessage } : {}) }
}

/** Passes the body on as it comes, and keeps what it was on the side. */
function pipeReply(
  exchange: OpenExchange,
  reply: IncomingMessage,
  { tape, outcome }: { tape: Tape; outcome: Outcome },
): void {
  flushUnlessFollowed(exchange.response, reply)
  reply.on('data', (chunk: Buffer) => tape.add(chunk))
  // Before the client can know that the reply is complete, so that it finds the exchange in the record.
  reply.once('end', () => exchange.settle(outcome))
  reply.on('error', () => exchange.breakOff('aborted'))
  reply.pipe(exchange.response)
}
