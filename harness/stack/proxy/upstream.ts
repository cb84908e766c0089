import type { ClientRequest } from 'node:http'

import { guarded, providerFailed, unreachable } from './failure.ts'
import type { RawHeaders } from './headers.ts'
import { request, secureRequest } from './node-http.ts'
import { handleReply } from './reply.ts'
import type { OpenExchange } from './open-exchange.ts'
import type { Target } from './target.ts'

/** Bytes of a head in either direction: more than any client or provider allows (Node itself: 16 KiB). */
export const MAX_HEADER_SIZE = 256 * 1024

/** The request line and headers that go to the provider. */
export type UpstreamHead = { method: string; path: string; rawHeaders: string[] }

/** Where the request goes, or undefined after the client was told that there is no such place. */
export function targetOf(exchange: OpenExchange): Target | undefined {
  try {
    return exchange.core.target()
  } catch (error) {
    unreachable(exchange, error)
    return undefined
  }
}

/** Opens the request to the provider; its reply goes back to the client. The caller sends the body. */
export function openUpstream(exchange: OpenExchange, target: Target, head: UpstreamHead): ClientRequest {
  const { secure, host, port } = target
  const { method, path, rawHeaders } = head
  const agent = exchange.connection.agent(secure)
  const send = secure ? secureRequest : request
  const upstream = send({ host, port, method, path, headers: rawHeaders, agent, maxHeaderSize: MAX_HEADER_SIZE })
  exchange.upstream = upstream
  upstream.once('socket', (socket) => exchange.connection.follow(socket))
  upstream.once('response', (reply) => void guarded(exchange, () => handleReply(exchange, reply)))
  upstream.on('information', (info) => passInformation(exchange, info))
  upstream.on('error', (error) => providerFailed(exchange, error))
  // Without this, nobody would learn of a provider that switches protocols though nobody asked it to.
  upstream.once('close', () => {
    const answered = upstream.listenerCount('response') === 0 || upstream.listenerCount('upgrade') > 0
    if (!answered) providerFailed(exchange, new Error('the provider closed the connection without a reply'))
  })
  return upstream
}

/** The headers with the provider's Host in place of the client's, which stays if `keep` is set and it sent one. */
export function hostHeader(raw: RawHeaders, { authority }: Target, keep: boolean): string[] {
  const at = raw.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  if (at === -1) return ['Host', authority, ...raw]
  return keep ? [...raw] : raw.with(at + 1, authority)
}

/** Interim replies (100 Continue, 103 Early Hints) go on as they come; HTTP/1.0 knows none (RFC 9110 §15.2). */
function passInformation(exchange: OpenExchange, info: { statusCode: number; rawHeaders: string[] }): void {
  const { response, incoming } = exchange
  if (response.headersSent || incoming.httpVersion === '1.0') return
  if (info.statusCode === 100) response.writeContinue()
  else response.writeInformation(info.statusCode, info.rawHeaders)
}
