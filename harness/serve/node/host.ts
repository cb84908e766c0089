import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo, Socket as NetSocket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { WebSocket, WebSocketServer } from 'ws'
import type { Socket } from '../channel.ts'
import type { Service } from '../service.ts'
import { createServer } from './node-http.ts'
import { portRequest } from './port-request.ts'
import { sendResponse } from './send-response.ts'
import type { Witness } from './witness.ts'

/** A service on a port. */
export type Listening = AsyncDisposable &
  LocalService &
  Readonly<{ url: string; port: number; stop: () => Promise<void> }>

/** A service of this process. */
export type LocalService = Readonly<{
  /**
   * Answers a request that came in on another port of this process as if it had come in here: without a connection from
   * there to here. When the service stops, that connection breaks.
   */
  take: (incoming: IncomingMessage, outgoing: ServerResponse, witness?: Witness) => void
}>

export type ListenOptions = Readonly<{ port?: number; host?: string; farewellMs?: number }>

/** The Node server of a service, not yet listening: HTTP, event streams and WebSocket upgrades. */
export function nodeServer(service: Service): Server {
  const server = createServer((incoming, outgoing) => void answer(service, { incoming, outgoing }))
  let sockets: WebSocketServer | undefined
  async function channels(): Promise<WebSocketServer> {
    // Loaded with the first channel: most requests are none.
    const { WebSocketServer: Sockets } = await import('ws')
    return (sockets ??= new Sockets({
      noServer: true,
      handleProtocols: () => false,
      maxPayload: service.contract.maxBodyBytes,
    }))
  }
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy())
    void acceptUpgrade(service, channels, { incoming, socket, head }).catch(() => socket.destroy())
  })
  server.on('close', () => sockets?.close())
  server.on('stopping', () => {
    for (const client of sockets?.clients ?? []) client.terminate()
  })
  return server
}

/**
 * Puts a service on a port; loopback and a free port unless told otherwise. Stopping it takes no more requests, closes
 * channels and gives requests that are under way some milliseconds to end, none unless told.
 * @throws the listen error of Node (EADDRINUSE, EACCES) where the port cannot be had.
 */
export async function listen(service: Service, options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = '127.0.0.1', farewellMs = 0 } = options
  const server = nodeServer(service)
  const guests = new Set<NetSocket>()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = (server.address() as AddressInfo).port
  async function stop(): Promise<void> {
    if (!server.listening) return
    const closed = new Promise((resolve) => server.close(resolve))
    server.emit('stopping')
    for (const guest of guests) guest.destroy()
    if (farewellMs > 0) await Promise.race([closed, pause(farewellMs, undefined, { ref: false })])
    server.closeAllConnections()
    await closed
  }
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    take(incoming, outgoing, witness) {
      const { socket } = incoming
      if (!guests.has(socket)) socket.once('close', () => guests.delete(socket))
      guests.add(socket)
      void answer(service, { incoming, outgoing, witness })
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

type Exchange = Readonly<{ incoming: IncomingMessage; outgoing: ServerResponse; witness?: Witness | undefined }>

async function answer(service: Service, { incoming, outgoing, witness }: Exchange): Promise<void> {
  try {
    const response = await service.fetch(portRequest(incoming, outgoing, witness))
    await sendResponse(response, outgoing, witness)
  } catch (error) {
    console.error(error)
    if (!outgoing.headersSent) return void sendResponse(new Response(null, { status: 500 }), outgoing, witness)
    witness?.broken()
    outgoing.destroy()
  }
}

type UpgradeParts = Readonly<{ incoming: IncomingMessage; socket: Duplex; head: Buffer }>

async function acceptUpgrade(
  service: Service,
  channels: () => Promise<WebSocketServer>,
  { incoming, socket, head }: UpgradeParts,
): Promise<void> {
  const upgrade = await service.upgrade(portRequest(incoming))
  if (upgrade.kind === 'refused') {
    if (upgrade.response.type === 'error') return void socket.destroy()
    return refuse(socket, upgrade.response)
  }
  const sockets = await channels()
  sockets.options.handleProtocols = () => upgrade.subprotocol ?? false
  sockets.handleUpgrade(incoming, socket, head, (client) => upgrade.open(socketOf(client)))
}

async function refuse(socket: Duplex, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer())
  const headers = [...response.headers, ['content-length', String(body.length)], ['connection', 'close']]
  const head = [
    `HTTP/1.1 ${response.status} ${response.statusText}`,
    ...headers.map((pair) => pair.join(': ')),
    '',
    '',
  ].join('\r\n')
  socket.end(Buffer.concat([Buffer.from(head), body]))
}

function socketOf(client: WebSocket): Socket {
  client.on('error', () => client.terminate())
  return {
    send: (text) => client.send(text),
    close: (code, reason) => client.close(code, reason),
    terminate: () => client.terminate(),
    onMessage: (listener) => void client.on('message', (data: Buffer) => listener(data.toString('utf8'))),
    onClose: (listener) => void client.on('close', listener),
  }
}
