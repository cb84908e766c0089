import type { Server } from 'node:http'
import type { Socket } from 'node:net'

import { ClientConnection } from './client-connection.ts'
import { handleHttp } from './http-exchange.ts'
import { handleLocally } from './local-exchange.ts'
import { createServer } from './node-http.ts'
import type { ProxyCore } from './open-exchange.ts'
import { Recorder } from './recorder.ts'
import { closeServer, listenOnLoopback, SocketSet } from './socket-set.ts'
import { targetReader } from './target.ts'
import type { Exchange, Hooks, ProxyOptions, RunningProxy } from './types.ts'
import { MAX_HEADER_SIZE } from './upstream.ts'
import { Waits } from './waits.ts'
import { asksForWebSocket, handleUpgrade } from './websocket-exchange.ts'

/** Limits are the provider's to set: the proxy waits as long as it takes, and closes no idle connection by itself. */
const LIMITS = { maxHeaderSize: MAX_HEADER_SIZE, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 }

/**
 * Starts a reverse proxy on 127.0.0.1 for HTTP/1.1, server-sent events and WebSocket. What no hook asks for passes
 * through byte by byte; hooks may change anything. Not passed on: trailers, and upgrades to other protocols. Not
 * rewritten: absolute URLs in replies, such as a Location that names the provider.
 *
 * Rejects when the target is no `http://host:port` URL or the port is taken.
 */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const failures: Error[] = []
  const sockets = new SocketSet()
  const core = proxyCore(options, { sockets, failed: (failure) => void failures.push(failure) })
  const server = proxyServer(core, sockets)
  const port = await listenOnLoopback(server, { what: 'The proxy', port: options.port ?? 0 })
  const stop = async () => {
    await closeServer(server, sockets)
    const [failure] = failures.splice(0)
    if (failure !== undefined) throw failure
  }
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    exchanges: () => core.recorder.exchanges(),
    clear: () => core.recorder.clear(),
    hooks(next) {
      core.hooks = next
      core.waits.wakeAll()
    },
    breakConnections: () => sockets.reset(),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

type Shared = { sockets: SocketSet; failed: (failure: Error) => void }

function proxyCore(options: ProxyOptions, { sockets, failed }: Shared): ProxyCore {
  const { target, local, host, unreachable, hooks, keep, onExchange } = options
  const connections = new WeakMap<Socket, ClientConnection>()
  const report = (exchange: Exchange) => {
    try {
      onExchange?.(exchange)
    } catch (error) {
      failed(new Error(`The proxy's onExchange failed: ${String(error)}. Correct the callback.`, { cause: error }))
    }
  }
  const core: ProxyCore = {
    recorder: new Recorder({ keep, onExchange: onExchange && report }),
    target: targetReader(target),
    local: () => (isPlain(core.hooks) ? local?.() : undefined),
    keepHost: host === 'keep',
    resetsUnreachable: unreachable === 'reset',
    hooks: hooks ?? {},
    waits: new Waits(),
    failed,
    connectionOf: (socket) => {
      const connection = connections.get(socket) ?? new ClientConnection(socket, (provider) => sockets.add(provider))
      connections.set(socket, connection)
      return connection
    },
  }
  return core
}

/** Whether all passes through as it is. */
function isPlain(hooks: Hooks): boolean {
  for (const _hook in hooks) return false
  return true
}

function proxyServer(core: ProxyCore, sockets: SocketSet): Server {
  const server = createServer({ ...LIMITS, requireHostHeader: false, shouldUpgradeCallback: asksForWebSocket })
  const handle = handleHttp.bind(undefined, core)
  server.on('request', (incoming, response) => {
    const local = core.local()
    if (local) handleLocally(core, local, { incoming, response })
    else handle(incoming, response)
  })
  server.on('checkContinue', handle).on('checkExpectation', handle)
  server.on('upgrade', (incoming, _socket, head) => handleUpgrade(core, incoming, head))
  server.on('connection', (socket) => sockets.add(socket))
  return server
}
