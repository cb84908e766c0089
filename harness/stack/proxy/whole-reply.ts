import { endToEnd, rawHeaders, withoutHeaders } from './headers.ts'
import type { OpenExchange } from './open-exchange.ts'
import type { ReplyHead } from './reply-head.ts'
import { writeHead } from './reply-head.ts'
import type { Outcome, ProxiedReply } from './types.ts'

/** A reply that is at hand as a whole, as the wire wants it: `body` is encoded if the headers say so. */
export type WholeReply = ReplyHead & { body: Buffer }

const LENGTH = new Set(['content-length'])

/** Sends a whole reply to the client, with the Content-Length of its body, and ends the exchange. */
export function sendWhole(exchange: OpenExchange, reply: WholeReply, outcome: Outcome = 'answered'): void {
  const { response, record } = exchange
  const bodiless = record.head.method === 'HEAD' || reply.status === 204 || reply.status === 304
  const headers = bodiless
    ? [...reply.rawHeaders]
    : [...withoutHeaders(reply.rawHeaders, LENGTH), 'Content-Length', String(reply.body.length)]
  writeHead(exchange, { ...reply, rawHeaders: headers })
  const tape = record.body(reply.status, headers)
  if (!bodiless) tape.add(reply.body)
  exchange.settle(outcome)
  response.end(bodiless ? undefined : reply.body)
}

/** A hook's own reply for the wire. Throws when its status or headers cannot be sent. */
export function wholeReply({ status, headers, body }: ProxiedReply): WholeReply {
  return { status: checkedStatus(status), rawHeaders: endToEnd(rawHeaders(headers, [])), body }
}

/** Returns the status. Throws unless it is one of a final reply. */
export function checkedStatus(status: number): number {
  if (Number.isInteger(status) && status >= 200 && status <= 999) return status
  throw new Error(`the status ${status} is not one of a final reply (200 to 999)`)
}

/** Answers in the proxy's own name: a JSON body `{"error":{"code","message"}}`. */
export function sendError(exchange: OpenExchange, error: { code: string; message: string }, outcome: Outcome): void {
  const body = Buffer.from(JSON.stringify({ error }))
  sendWhole(exchange, { status: 502, rawHeaders: ['Content-Type', 'application/json'], body }, outcome)
}
