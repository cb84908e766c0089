/** Real servers and clients for the proxy's tests. */
import { once } from 'node:events'
import type { ClientRequest, IncomingMessage, RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { Server, Socket } from 'node:net'
import { connect, createServer as createTcpServer } from 'node:net'

import { startProxy } from './proxy.ts'
import { closeServer, listenOnLoopback, SocketSet } from './socket-set.ts'
import type { Exchange, ProxyOptions, RunningProxy } from './types.ts'

export type TestServer = AsyncDisposable & { url: string; port: number; connections(): number }

/** An HTTP provider. */
export function httpServer(answer: (...args: Parameters<RequestListener>) => unknown): Promise<TestServer> {
  return testServer(createServer({ keepAliveTimeout: 0 }, (incoming, response) => void answer(incoming, response)))
}

/** A provider that speaks whatever it likes, byte by byte. */
export function tcpServer(onConnection: (socket: Socket) => unknown): Promise<TestServer> {
  return testServer(
    createTcpServer((socket) => {
      socket.on('error', () => {})
      onConnection(socket)
    }),
  )
}

/** Any server, on a free port, ended with all of its connections. */
export async function testServer(server: Server): Promise<TestServer> {
  const sockets = new SocketSet()
  server.on('connection', (socket) => sockets.add(socket))
  const port = await listenOnLoopback(server, { what: 'The test server', port: 0 })
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    connections: () => sockets.size,
    [Symbol.asyncDispose]: () => closeServer(server, sockets),
  }
}

/** A provider that answers each connection's first bytes with this text, then closes. */
export function cannedServer(reply: string): Promise<TestServer> {
  return tcpServer((socket) => void socket.once('data', () => socket.end(reply, 'latin1')))
}

export type WatchedProxy = RunningProxy & {
  /** The next exchange to end: those that have ended are handed out one by one. */
  next(): Promise<Exchange>
}

/** A proxy whose exchanges can be waited for. */
export async function watchedProxy(options: ProxyOptions): Promise<WatchedProxy> {
  const ended: Exchange[] = []
  const waiting: ((exchange: Exchange) => void)[] = []
  const onExchange = (exchange: Exchange) => {
    const waiter = waiting.shift()
    if (waiter === undefined) ended.push(exchange)
    else waiter(exchange)
  }
  const proxy = await startProxy({ ...options, onExchange })
  const next = () => {
    const exchange = ended.shift()
    return exchange === undefined
      ? new Promise<Exchange>((resolve) => waiting.push(resolve))
      : Promise.resolve(exchange)
  }
  return { ...proxy, next }
}

/** Sends bytes to a port and resolves with all that comes back until the other side ends the connection. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  socket.write(text, 'latin1')
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

/** Reads a request's body as text. */
export async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** The reply to a request that was sent with Node's own client. */
export async function replyTo(sent: ClientRequest): Promise<IncomingMessage> {
  const [reply] = await once(sent, 'response')
  return reply
}
