import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

import type { Channel, Flow } from './channel.ts'
import { endTogether, tunnel } from './channel.ts'
import { guarded } from './failure.ts'
import { relayFrames } from './frame-relay.ts'
import { endToEnd, headerValue, pairs, rawHeaders, withoutHeaders } from './headers.ts'
import { callHook } from './hook-call.ts'
import type { ProxyCore } from './open-exchange.ts'
import { OpenExchange } from './open-exchange.ts'
import type { Target } from './target.ts'
import type { ProxiedRequest } from './types.ts'
import { UpgradeSocket } from './upgrade-socket.ts'
import type { UpstreamHead } from './upstream.ts'
import { hostHeader, openUpstream, targetOf } from './upstream.ts'
import { sendWhole, wholeReply } from './whole-reply.ts'

/** The `frame` hook reads plain frames, so no extension (compression) may be agreed on. */
const EXTENSIONS = new Set(['sec-websocket-extensions'])

/** Whether a request asks for WebSocket; any other upgrade is passed on as a plain request. */
export function asksForWebSocket({ method, rawHeaders: raw }: IncomingMessage): boolean {
  return method === 'GET' && headerValue(raw, 'upgrade')?.toLowerCase() === 'websocket'
}

/** Takes a WebSocket upgrade to the provider, and the connection or the refusal back to the client. */
export function handleUpgrade(core: ProxyCore, incoming: IncomingMessage, head: Buffer): void {
  const client = new UpgradeSocket(incoming, head)
  const exchange = new OpenExchange(core, incoming, client.response)
  void guarded(exchange, () => {
    const changed = decide(exchange)
    if (changed !== undefined) connect(exchange, changed, client)
  })
}

/** The request that goes on to the provider; undefined when the `upgrade` hook has settled the matter. */
function decide(exchange: OpenExchange): ProxiedRequest | undefined {
  const hook = exchange.hooks.upgrade
  if (hook === undefined) return exchange.request
  const decided = callHook('upgrade', () => {
    const result = hook(exchange.record.request())
    return typeof result === 'string' ? result : 'reply' in result ? wholeReply(result.reply) : result
  })
  if (decided === 'hang') exchange.settle('hung')
  else if (decided === 'reset') exchange.reset()
  else if ('status' in decided) sendWhole(exchange, decided)
  else return decided
  return undefined
}

function connect(exchange: OpenExchange, changed: ProxiedRequest, client: UpgradeSocket): void {
  const target = targetOf(exchange)
  if (target === undefined) return
  callHook('upgrade', () => {
    const upstream = openUpstream(exchange, target, upgradeHead(exchange, changed, target))
    upstream.on('upgrade', (reply: IncomingMessage, provider: Socket, head: Buffer) => {
      switchProtocols({ exchange, client, reply, provider, head })
    })
    upstream.end()
  })
}

function upgradeHead(exchange: OpenExchange, changed: ProxiedRequest, target: Target): UpstreamHead {
  const { hooks, incoming, core, request } = exchange
  const raw = hooks.upgrade === undefined ? incoming.rawHeaders : rawHeaders(changed.headers, incoming.rawHeaders)
  const headers = hooks.frame === undefined ? endToEnd(raw) : withoutHeaders(endToEnd(raw), EXTENSIONS)
  const ownHost = core.keepHost || changed.headers['host'] !== request.headers['host']
  const upgrade = ['Connection', 'Upgrade', 'Upgrade', headerValue(raw, 'upgrade') ?? 'websocket']
  return {
    method: changed.method,
    path: changed.path,
    rawHeaders: [...hostHeader(headers, target, ownHost), ...upgrade],
  }
}

type Switch = {
  exchange: OpenExchange
  client: UpgradeSocket
  reply: IncomingMessage
  provider: Socket
  head: Buffer
}

function switchProtocols({ exchange, client, reply, provider, head }: Switch): void {
  const tape = exchange.record.channel(reply.statusCode ?? 101, reply.rawHeaders)
  const channel: Channel = { exchange, client: client.socket, provider, tape }
  const flows: Flow[] = [
    { direction: 'to-server', from: client.socket, to: provider, early: client.release() },
    { direction: 'to-client', from: provider, to: client.socket, early: head },
  ]
  client.socket.write(switchingHead(reply), 'latin1')
  endTogether(channel)
  const hook = exchange.hooks.frame
  for (const flow of flows) {
    if (hook === undefined) tunnel(channel, flow)
    else relayFrames(channel, flow, hook)
  }
}

/** The provider's 101 reply as it came. */
function switchingHead({ statusCode, statusMessage, rawHeaders: raw }: IncomingMessage): string {
  const lines = [...pairs(raw)].map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`
}
