import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

import type { Channel, Flow } from './channel.ts'
import { endTogether, tunnel } from './channel.ts'
import { holdBack } from './delay.ts'
import { guarded } from './failure.ts'
import { changesFrames, relayFrames } from './frame-relay.ts'
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

/** The hooks for messages read plain frames, so no extension (compression) may be agreed on. */
const EXTENSIONS = new Set(['sec-websocket-extensions'])

/** Whether a request asks for WebSocket; any other upgrade is passed on as a plain request. */
export function asksForWebSocket({ method, rawHeaders: raw }: IncomingMessage): boolean {
  return method === 'GET' && headerValue(raw, 'upgrade')?.toLowerCase() === 'websocket'
}

/** Takes a WebSocket upgrade to the provider, and the connection or the refusal back to the client. */
export function handleUpgrade(core: ProxyCore, incoming: IncomingMessage, head: Buffer): void {
  const client = new UpgradeSocket(incoming, head)
  const exchange = new OpenExchange(core, incoming, client.response)
  void guarded(exchange, async () => {
    const changed = await decide(exchange)
    if (changed !== undefined) connect(exchange, changed, client)
  })
}

/** The request that goes on to the provider; undefined when the `upgrade` hook has settled the matter. */
async function decide(exchange: OpenExchange): Promise<ProxiedRequest | undefined> {
  const hook = exchange.hooks.upgrade
  if (hook === undefined) return exchange.request
  const decided = callHook('upgrade', () => {
    const result = hook(exchange.record.request())
    return typeof result === 'string' ? result : 'reply' in result ? wholeReply(result.reply) : result
  })
  if (decided === 'hang') exchange.hang()
  else if (typeof decided === 'object' && 'method' in decided) return decided
  else {
    if (exchange.hooks.delay !== undefined) await holdBack(exchange, exchange.hooks.delay)
    if (decided === 'reset') exchange.reset()
    else sendWhole(exchange, decided)
  }
  return undefined
}

function connect(exchange: OpenExchange, changed: ProxiedRequest, client: UpgradeSocket): void {
  const target = targetOf(exchange)
  if (target === undefined) return
  callHook('upgrade', () => {
    const upstream = openUpstream(exchange, target, upgradeHead(exchange, changed, target))
    upstream.on('upgrade', (reply: IncomingMessage, provider: Socket, head: Buffer) => {
      void guarded(exchange, () => switchProtocols({ exchange, client, reply, provider, head }))
    })
    upstream.end()
  })
}

function upgradeHead(exchange: OpenExchange, changed: ProxiedRequest, target: Target): UpstreamHead {
  const { hooks, incoming, core, request } = exchange
  const raw = hooks.upgrade === undefined ? incoming.rawHeaders : rawHeaders(changed.headers, incoming.rawHeaders)
  const headers = changesFrames(hooks) ? withoutHeaders(endToEnd(raw), EXTENSIONS) : endToEnd(raw)
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

async function switchProtocols({ exchange, client, reply, provider, head }: Switch): Promise<void> {
  if (exchange.hooks.delay !== undefined) {
    // What follows an error is the event `close`, and that is looked at when the time is over.
    provider.on('error', () => {})
    await holdBack(exchange, exchange.hooks.delay)
    if (provider.destroyed) return exchange.breakOff('aborted')
    if (client.socket.destroyed) return void provider.destroy()
  }
  const tape = exchange.record.channel(reply.statusCode ?? 101, reply.rawHeaders)
  const channel: Channel = { exchange, client: client.socket, provider, tape }
  const flows: Flow[] = [
    { direction: 'to-server', from: client.socket, to: provider, early: client.release() },
    { direction: 'to-client', from: provider, to: client.socket, early: head },
  ]
  client.socket.write(switchingHead(reply), 'latin1')
  endTogether(channel)
  const relay = changesFrames(exchange.hooks) ? relayFrames : tunnel
  for (const flow of flows) relay(channel, flow)
}

/** The provider's 101 reply as it came. */
function switchingHead({ statusCode, statusMessage, rawHeaders: raw }: IncomingMessage): string {
  const lines = [...pairs(raw)].map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`
}
