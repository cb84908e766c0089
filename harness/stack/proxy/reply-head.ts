import type { IncomingMessage } from 'node:http'

import type { RawHeaders } from './headers.ts'
import { STATUS_CODES } from './node-http.ts'
import { endToEnd, hasToken, headerValue } from './headers.ts'
import type { OpenExchange } from './open-exchange.ts'

/** Status line and headers of a reply, ready for the client. */
export type ReplyHead = { status: number; statusMessage?: string | undefined; rawHeaders: RawHeaders }

/**
 * The head of the provider's reply for the client's side. Connection headers concern one hop alone, but what they say
 * holds for both here: client and provider connections end together, after the idle time the provider announced.
 */
export function replyHead(reply: IncomingMessage): ReplyHead {
  const { statusCode = 502, statusMessage, rawHeaders: raw } = reply
  const idle = headerValue(raw, 'keep-alive')
  const connection = [
    ...(providerCloses(reply) ? ['Connection', 'close'] : []),
    ...(idle === undefined ? [] : ['Keep-Alive', idle]),
  ]
  return { status: statusCode, statusMessage, rawHeaders: [...endToEnd(raw), ...connection] }
}

/** Writes the head; it leaves with the first chunk of the body, or when it is flushed. */
export function writeHead(exchange: OpenExchange, { status, statusMessage, rawHeaders: raw }: ReplyHead): void {
  exchange.response.writeHead(status, statusMessage ?? STATUS_CODES[status] ?? 'Unknown', [...raw])
}

function providerCloses({ rawHeaders: raw, httpVersion }: IncomingMessage): boolean {
  if (hasToken(raw, 'connection', 'close')) return true
  return httpVersion === '1.0' && !hasToken(raw, 'connection', 'keep-alive')
}
