import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

import { closeServer, listenOnLoopback, SocketSet } from './proxy/socket-set.ts'
import type { RunningTcpTap } from './tcp-tap.ts'
import { startTcpTap, throughTap } from './tcp-tap.ts'

type Store = AsyncDisposable & { target: { host: string; port: number }; connections(): number }

/** A store that answers each piece of text with itself in capitals. */
async function store(onConnection: (socket: Socket) => void = shout): Promise<Store> {
  const sockets = new SocketSet()
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    onConnection(socket)
  })
  const port = await listenOnLoopback(server, { what: 'The test store', port: 0 })
  return {
    target: { host: '127.0.0.1', port },
    connections: () => sockets.size,
    [Symbol.asyncDispose]: () => closeServer(server, sockets),
  }
}

function shout(socket: Socket): void {
  socket.on('data', (chunk) => void socket.write(chunk.toString().toUpperCase()))
  socket.on('end', () => void socket.end('BYE'))
}

function client({ port }: { port: number }): Socket {
  return connect({ port, host: '127.0.0.1', allowHalfOpen: true })
}

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text)
  return String((await once(socket, 'data'))[0])
}

/** Whether the socket gives nothing within a while. There is no event for nothing, so this has to wait. */
async function silent(socket: Socket): Promise<boolean> {
  const quiet = new Promise<boolean>((resolve) => setTimeout(resolve, 100, true))
  return Promise.race([quiet, once(socket, 'data').then(() => false)])
}

test('bytes go both ways, on as many connections as there are clients', async () => {
  await using behind = await store()
  await using tap = await startTcpTap(behind)
  const [one, other] = [client(tap), client(tap)]
  expect([await ask(one, 'select'), await ask(other, 'ping')]).toEqual(['SELECT', 'PING'])
  expect([tap.connections, behind.connections()]).toEqual([2, 2])
})

test('the end of one side reaches the other, which may still answer', async () => {
  await using behind = await store()
  await using tap = await startTcpTap(behind)
  const socket = client(tap)
  expect(await ask(socket, 'quit')).toBe('QUIT')
  socket.end()
  expect(String((await once(socket, 'data'))[0])).toBe('BYE')
  await once(socket, 'close')
  await none(tap)
})

test('a megabyte arrives whole', async () => {
  await using behind = await store((socket) => void socket.pipe(socket))
  await using tap = await startTcpTap(behind)
  const socket = client(tap)
  const sent = Buffer.alloc(1_000_000, 'abc')
  socket.end(sent)
  expect(sent.equals(Buffer.concat(await socket.toArray()))).toBe(true)
})

test('cut() resets connections and new ones, until restore()', async () => {
  await using behind = await store()
  await using tap = await startTcpTap(behind)
  const socket = client(tap)
  await ask(socket, 'a')
  tap.cut()
  expect((await once(socket, 'error'))[0]).toMatchObject({ code: 'ECONNRESET' })
  await none(tap)
  const refused = client(tap)
  const [error] = await once(
    refused.on('connect', () => refused.write('x')),
    'error',
  )
  expect(['ECONNRESET', 'EPIPE']).toContain(error.code)
  tap.restore()
  expect(await ask(client(tap), 'b')).toBe('B')
})

test('stall() accepts connections but moves nothing, until restore(); then nothing is lost', async () => {
  await using behind = await store()
  await using tap = await startTcpTap(behind)
  const before = client(tap)
  await ask(before, 'a')
  tap.stall()
  const during = client(tap)
  await once(during, 'connect')
  before.write('b')
  during.write('c')
  expect(await Promise.all([silent(before), silent(during)])).toEqual([true, true])
  const answers = [once(before, 'data'), once(during, 'data')]
  tap.restore()
  expect((await Promise.all(answers)).map(String)).toEqual(['B', 'C'])
})

test('stall() holds back what the store says as well', async () => {
  const sockets: Socket[] = []
  await using behind = await store((socket) => void sockets.push(socket))
  await using tap = await startTcpTap(behind)
  const socket = client(tap)
  socket.write('hello')
  while (sockets.length === 0) await new Promise(setImmediate)
  tap.stall()
  sockets[0]?.write('notice')
  expect(await silent(socket)).toBe(true)
  tap.restore()
  expect(String((await once(socket, 'data'))[0])).toBe('notice')
})

test('a store that is not there resets its clients', async () => {
  await using tap = await startTcpTap({ target: { host: '127.0.0.1', port: 1 } })
  const socket = client(tap)
  expect((await once(socket, 'error'))[0]).toMatchObject({ code: 'ECONNRESET' })
})

test('a store that breaks a connection breaks the client’s', async () => {
  await using behind = await store((socket) => void socket.once('data', () => socket.resetAndDestroy()))
  await using tap = await startTcpTap(behind)
  const socket = client(tap)
  socket.write('x')
  expect((await once(socket, 'error'))[0]).toMatchObject({ code: 'ECONNRESET' })
})

test.each(['forward', 'stall', 'cut'] as const)('stop() ends everything at once, in the mode %s too', async (mode) => {
  await using behind = await store()
  const tap = await startTcpTap(behind)
  const socket = client(tap).on('error', () => {})
  await ask(socket, 'a')
  if (mode !== 'forward') tap[mode]()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  await tap.stop()
  socket.end()
  await closed
  expect(tap.connections).toBe(0)
  const [error] = await once(client(tap), 'error')
  expect(error).toMatchObject({ code: 'ECONNREFUSED' })
})

test('the tap listens on the port it is given, and says so when it cannot', async () => {
  await using behind = await store()
  await using tap = await startTcpTap(behind)
  await expect(startTcpTap({ ...behind, port: tap.port })).rejects.toThrow(
    `The TCP tap cannot listen on 127.0.0.1:${tap.port}: listen EADDRINUSE`,
  )
})

test.each([
  [
    'postgres://user:p%40ss@db.internal:5432/app?sslmode=disable',
    'postgres://user:p%40ss@127.0.0.1:7777/app?sslmode=disable',
  ],
  ['redis://cache/0', 'redis://127.0.0.1:7777/0'],
  ['amqp://guest:guest@[::1]:5672', 'amqp://guest:guest@127.0.0.1:7777'],
])('the URL %s leads through the tap as %s', (url, through) => {
  expect(throughTap(url, { port: 7777 })).toBe(through)
})

test.each(['postgres:///app', '/var/run/postgresql', ''])('the URL "%s" names no host', (url) => {
  expect(() => throughTap(url, { port: 7777 })).toThrow('it names no host. Give one like postgres://user@host:5432/db.')
})

/** Resolves when no client is connected any more. */
async function none(tap: RunningTcpTap): Promise<void> {
  while (tap.connections > 0) await new Promise(setImmediate)
}
