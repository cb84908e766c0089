import type { IncomingMessage, ServerResponse } from 'node:http'

import { collect, flushUnlessFollowed } from './body.ts'
import { decodedBody } from './content-coding.ts'
import { holdBack } from './delay.ts'
import { guarded } from './failure.ts'
import type { RawHeaders } from './headers.ts'
import { endToEnd, headerValue, rawHeaders, withoutHeaders } from './headers.ts'
import { callHook } from './hook-call.ts'
import type { ProxyCore } from './open-exchange.ts'
import { OpenExchange } from './open-exchange.ts'
import type { Hooks, ProxiedRequest } from './types.ts'
import type { UpstreamHead } from './upstream.ts'
import { hostHeader, openUpstream, targetOf } from './upstream.ts'
import { sendWhole, wholeReply } from './whole-reply.ts'

/** For these, Node sends no Transfer-Encoding of its own when the request has no body. */
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'])

/** Takes one HTTP request of a client to the provider and the reply back. */
export function handleHttp(core: ProxyCore, incoming: IncomingMessage, response: ServerResponse): void {
  const exchange = new OpenExchange(core, incoming, response)
  const hook = exchange.hooks.request
  void guarded(exchange, () => (hook === undefined ? streamRequest(exchange) : hookedRequest(exchange, hook)))
}

function streamRequest(exchange: OpenExchange): void {
  const { incoming, record, core } = exchange
  const target = targetOf(exchange)
  if (target === undefined) return
  const { method, path } = record.head
  const headers = endToEnd(incoming.rawHeaders)
  const upstream = openUpstream(exchange, target, {
    method,
    path,
    rawHeaders: [...hostHeader(headers, target, core.keepHost), ...framing(incoming)],
  })
  if (!hasBody(incoming)) return void upstream.end()
  flushUnlessFollowed(upstream, incoming)
  incoming.on('data', (chunk: Buffer) => record.requestBody.add(chunk))
  incoming.pipe(upstream)
  // A provider may answer without reading the whole body: the rest is read here, for the connection's next request.
  upstream.once('close', () => {
    incoming.unpipe(upstream)
    incoming.resume()
  })
}

async function hookedRequest(exchange: OpenExchange, hook: NonNullable<Hooks['request']>): Promise<void> {
  const { incoming, response, record } = exchange
  const expects = headerValue(incoming.rawHeaders, 'expect')?.toLowerCase() === '100-continue'
  if (expects) response.writeContinue()
  const wire = await collect(incoming)
  record.requestBody.add(wire)
  const body = decodedBody(wire, headerValue(incoming.rawHeaders, 'content-encoding'))
  exchange.request = { ...record.request(), body }
  const decided = callHook('request', () => {
    const result = hook({ ...record.request(), body })
    return typeof result === 'string' ? result : 'reply' in result ? wholeReply(result.reply) : result
  })
  if (decided === 'hang') return exchange.hang()
  if (typeof decided === 'object' && 'method' in decided) return sendChanged(exchange, decided, wire)
  if (exchange.hooks.delay !== undefined) await holdBack(exchange, exchange.hooks.delay)
  if (decided === 'reset') exchange.reset()
  else sendWhole(exchange, decided)
}

function sendChanged(exchange: OpenExchange, changed: ProxiedRequest, wire: Buffer): void {
  const target = targetOf(exchange)
  if (target === undefined) return
  const { request, incoming, core } = exchange
  const sameBody = changed.body.equals(request.body)
  const body = sameBody ? wire : changed.body
  callHook('request', () => {
    const obsolete = new Set(['content-length', 'expect', ...(sameBody ? [] : ['content-encoding'])])
    const headers = withoutHeaders(endToEnd(rawHeaders(changed.headers, incoming.rawHeaders)), obsolete)
    const ownHost = core.keepHost || changed.headers['host'] !== request.headers['host']
    const head: UpstreamHead = {
      method: changed.method,
      path: changed.path,
      rawHeaders: [...hostHeader(headers, target, ownHost), ...lengthOf(changed.method, body)],
    }
    openUpstream(exchange, target, head).end(body)
  })
}

function hasBody({ rawHeaders: raw }: IncomingMessage): boolean {
  return isChunked(raw) || Number(headerValue(raw, 'content-length') ?? 0) > 0
}

function isChunked(raw: RawHeaders): boolean {
  return headerValue(raw, 'transfer-encoding') !== undefined
}

/** How the provider learns where the body ends: as it was, if possible. */
function framing({ rawHeaders: raw, method = 'GET' }: IncomingMessage): string[] {
  if (isChunked(raw)) return ['Transfer-Encoding', 'chunked']
  return headerValue(raw, 'content-length') === undefined ? lengthOf(method, Buffer.alloc(0)) : []
}

/** The Content-Length of a body; none where there is no body and none is expected (RFC 9110 §8.6). */
function lengthOf(method: string, body: Buffer): string[] {
  return body.length === 0 && WITHOUT_BODY.has(method) ? [] : ['Content-Length', String(body.length)]
}
