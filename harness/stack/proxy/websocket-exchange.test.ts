import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

import { startProxy } from './proxy.ts'
import type { TestServer } from './test-servers.ts'
import { cannedServer, httpServer, sendRaw, tcpServer, testServer, textOf, watchedProxy } from './test-servers.ts'
import type { Hooks } from './types.ts'

const UPGRADE =
  'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'

type Connected = (socket: WebSocket, incoming: IncomingMessage) => void

/** A provider with a WebSocket channel on every path. */
async function channel(onConnection: Connected, options: { perMessageDeflate?: boolean } = {}): Promise<TestServer> {
  const server = createServer()
  const channels = new WebSocketServer({
    server,
    ...options,
    handleProtocols: (offered) => [...offered].at(-1) ?? false,
  })
  channels.on('connection', onConnection)
  return testServer(server)
}

/** A provider that sends every message back. */
const echo = (options?: { perMessageDeflate?: boolean }) =>
  channel((socket) => void socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })), options)

const wsUrl = ({ url }: { url: string }, path = '/') => url.replace('http:', 'ws:') + path

/** The next messages: text as strings, binary as Buffers. */
async function messages(socket: WebSocket, count: number): Promise<(string | Buffer)[]> {
  const result: (string | Buffer)[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.on('message', (data: Buffer, isBinary) => {
    result.push(isBinary ? data : data.toString())
    if (result.length === count) resolve()
  })
  await promise
  return result
}

test('text and binary messages go both ways, of any length', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url })
  const socket = new WebSocket(wsUrl(proxy))
  await once(socket, 'open')
  const sent = ['a', 'é'.repeat(200), Buffer.from([0, 255]), Buffer.alloc(100_000, 7)]
  for (const message of sent) socket.send(message)
  expect(await messages(socket, sent.length)).toEqual(sent)
  socket.terminate()
})

test('path, query, cookies, Origin and subprotocols reach the provider, and its choice and cookies come back', async () => {
  const seen = Promise.withResolvers<IncomingMessage>()
  const server = createServer()
  const channels = new WebSocketServer({ server, handleProtocols: () => 'v2' })
  channels.on('headers', (headers) => headers.push('Set-Cookie: a=1', 'Set-Cookie: b=2'))
  channels.on('connection', (_socket, incoming) => seen.resolve(incoming))
  await using provider = await testServer(server)
  await using proxy = await startProxy({ target: provider.url })
  const socket = new WebSocket(wsUrl(proxy, '/ws?room=1'), ['v1', 'v2'], {
    origin: 'http://app.example',
    headers: { cookie: 'session=s' },
  })
  const [[reply]] = await Promise.all([once(socket, 'upgrade'), once(socket, 'open')])
  expect(socket.protocol).toBe('v2')
  expect(reply.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  const { url, headers } = await seen.promise
  expect(url).toBe('/ws?room=1')
  expect(headers).toMatchObject({
    host: `127.0.0.1:${provider.port}`,
    origin: 'http://app.example',
    cookie: 'session=s',
    'sec-websocket-protocol': 'v1,v2',
  })
  socket.terminate()
})

test('the provider’s close code and reason reach the client', async () => {
  await using provider = await channel((socket) => socket.close(4001, 'signed out'))
  await using proxy = await watchedProxy({ target: provider.url })
  const [code, reason] = await once(new WebSocket(wsUrl(proxy)), 'close')
  expect([code, String(reason)]).toEqual([4001, 'signed out'])
  expect(await proxy.next()).toMatchObject({ outcome: 'streamed' })
})

test('the client’s close code and reason reach the provider', async () => {
  const closed = Promise.withResolvers<[number, string]>()
  await using provider = await channel((socket) => {
    socket.on('close', (code, reason) => closed.resolve([code, String(reason)]))
  })
  await using proxy = await watchedProxy({ target: provider.url })
  const socket = new WebSocket(wsUrl(proxy))
  await once(socket, 'open')
  socket.close(4002, 'bye')
  expect(await closed.promise).toEqual([4002, 'bye'])
  expect(await proxy.next()).toMatchObject({ outcome: 'streamed' })
})

test('a client that vanishes is noticed by the provider, and the other way round', async () => {
  const closed = Promise.withResolvers<number>()
  await using provider = await channel((socket, { url }) => {
    socket.on('close', closed.resolve)
    if (url === '/broken') socket.terminate()
  })
  await using proxy = await watchedProxy({ target: provider.url })
  const socket = new WebSocket(wsUrl(proxy))
  await once(socket, 'open')
  socket.terminate()
  expect(await closed.promise).toBe(1006)
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
  const [code] = await once(new WebSocket(wsUrl(proxy, '/broken')), 'close')
  expect(code).toBe(1006)
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
})

test('a connection that is reset on one side ends on the other', async () => {
  const closed = Promise.withResolvers<number>()
  await using provider = await channel((socket, { url, socket: connection }) => {
    socket.on('error', () => {}).on('close', closed.resolve)
    if (url === '/broken') connection.resetAndDestroy()
  })
  await using proxy = await watchedProxy({ target: provider.url })
  const client = connect(proxy.port, '127.0.0.1')
  client.write(UPGRADE)
  await once(client, 'data')
  client.resetAndDestroy()
  expect(await closed.promise).toBe(1006)
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
  expect((await once(new WebSocket(wsUrl(proxy, '/broken')), 'close'))[0]).toBe(1006)
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
})

test('pings reach the other side and are answered there', async () => {
  const pinged = Promise.withResolvers<string>()
  await using provider = await channel((socket) => void socket.on('ping', (data) => pinged.resolve(String(data))))
  await using proxy = await startProxy({ target: provider.url, hooks: { frame: ({ data }) => [data] } })
  const socket = new WebSocket(wsUrl(proxy))
  await once(socket, 'open')
  socket.ping('are you there')
  const [pong] = await once(socket, 'pong')
  expect([await pinged.promise, String(pong)]).toEqual(['are you there', 'are you there'])
  socket.terminate()
})

test.each([
  ['plain', false],
  ['compressed', true],
])('the record shows what was said in both directions: %s', async (_name, perMessageDeflate) => {
  await using provider = await echo({ perMessageDeflate })
  await using proxy = await watchedProxy({ target: provider.url })
  const socket = new WebSocket(wsUrl(proxy, '/ws'), { perMessageDeflate: perMessageDeflate && { threshold: 0 } })
  await once(socket, 'open')
  expect(socket.extensions).toBe(perMessageDeflate ? 'permessage-deflate' : '')
  const sent = ['{"subscribe":1}', '{"subscribe":2}', Buffer.from([1, 2])]
  for (const message of sent) {
    socket.send(message)
    await once(socket, 'message')
  }
  socket.close()
  expect(await proxy.next()).toMatchObject({
    request: { method: 'GET', path: '/ws' },
    reply: { status: 101, headers: { upgrade: 'websocket' } },
    frames: sent.flatMap((data) => [
      { direction: 'to-server', data },
      { direction: 'to-client', data },
    ]),
    outcome: 'streamed',
  })
})

test('messages that the provider sends along with its 101 reply are not lost', async () => {
  await using provider = await channel((socket) => socket.send('welcome'))
  for (const hooks of [{}, { frame: ({ data }) => [data] } satisfies Hooks]) {
    await using proxy = await startProxy({ target: provider.url, hooks })
    const socket = new WebSocket(wsUrl(proxy))
    expect(await messages(socket, 1)).toEqual(['welcome'])
    socket.terminate()
  }
})

test('bytes that the client sends before it has an answer are not lost', async () => {
  const frame = '\x81\x82\0\0\0\0hi'
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url })
  const socket = connect(proxy.port, '127.0.0.1')
  socket.write(UPGRADE + frame, 'latin1')
  let text = ''
  for await (const chunk of socket) {
    text += chunk.toString('latin1')
    if (text.endsWith('\x81\x02hi')) break
  }
  expect(text).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/)
})

test('a refused upgrade reaches the client with its status, headers and body', async () => {
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Bearer' })
    response.end('{"error":"no token"}')
  })
  await using proxy = await startProxy({ target: provider.url })
  const [, reply] = await once(
    new WebSocket(wsUrl(proxy)).on('error', () => {}),
    'unexpected-response',
  )
  expect(reply.statusCode).toBe(401)
  expect(reply.headers['www-authenticate']).toBe('Bearer')
  expect(await textOf(reply)).toBe('{"error":"no token"}')
  expect(proxy.exchanges()).toMatchObject([{ outcome: 'answered', reply: { status: 401 } }])
})

test('a refusal ends the connection, so that nobody waits on it', async () => {
  await using provider = await cannedServer('HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno')
  await using proxy = await startProxy({ target: provider.url })
  expect(await sendRaw(proxy.port, UPGRADE)).toBe(
    'HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno',
  )
})

test('the reply hook sees a refused upgrade too', async () => {
  await using provider = await httpServer((_incoming, response) => response.writeHead(403).end())
  await using proxy = await startProxy({
    target: provider.url,
    hooks: { reply: (reply) => ({ ...reply, status: 404 }) },
  })
  expect(await sendRaw(proxy.port, UPGRADE)).toMatch(/^HTTP\/1\.1 404 /)
})

test('without a provider an upgrade is answered with 502', async () => {
  await using proxy = await startProxy({ target: 'ws://127.0.0.1:1' })
  const reply = await sendRaw(proxy.port, UPGRADE)
  expect(reply).toMatch(/^HTTP\/1\.1 502 /)
  expect(reply).toContain('"code":"proxy_unreachable"')
})

test('an upgrade to something else is passed on as a plain request', async () => {
  await using provider = await httpServer((incoming, response) => response.end(String(incoming.headers.upgrade)))
  await using proxy = await startProxy({ target: provider.url })
  const reply = await sendRaw(proxy.port, 'GET / HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
  expect(reply).toMatch(/\r\n\r\nundefined$/)
})

test('a client that gives up before the provider has answered takes its request along', async () => {
  const gone = Promise.withResolvers<void>()
  await using provider = await tcpServer((socket) => {
    socket.resume().once('close', gone.resolve)
    socket.once('data', () => client.destroy())
  })
  await using proxy = await watchedProxy({ target: provider.url })
  const client = connect(proxy.port, '127.0.0.1')
  client.write(UPGRADE)
  await gone.promise
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
})

test('the upgrade hook changes the request', async () => {
  const seen = Promise.withResolvers<IncomingMessage>()
  await using provider = await channel((_socket, incoming) => seen.resolve(incoming))
  await using proxy = await startProxy({
    target: provider.url,
    hooks: {
      upgrade: (sent) => ({ ...sent, path: '/v2/ws', headers: { ...sent.headers, authorization: 'Bearer other' } }),
    },
  })
  const socket = new WebSocket(wsUrl(proxy, '/ws'))
  await once(socket, 'open')
  expect(await seen.promise).toMatchObject({ url: '/v2/ws', headers: { authorization: 'Bearer other' } })
  socket.terminate()
})

test('the upgrade hook refuses, never answers, or breaks the connection', async () => {
  await using provider = await echo()
  await using proxy = await watchedProxy({ target: provider.url })
  proxy.hooks({ upgrade: () => ({ reply: { status: 503, headers: {}, body: Buffer.from('busy') } }) })
  const [, refusal] = await once(
    new WebSocket(wsUrl(proxy)).on('error', () => {}),
    'unexpected-response',
  )
  expect([refusal.statusCode, await textOf(refusal)]).toEqual([503, 'busy'])
  proxy.hooks({ upgrade: () => 'reset' })
  const [reset] = await once(new WebSocket(wsUrl(proxy)), 'error')
  expect(reset).toMatchObject({ code: 'ECONNRESET', syscall: 'read' })
  proxy.hooks({ upgrade: () => 'hang' })
  const waiting = new WebSocket(wsUrl(proxy)).on('error', () => {})
  const outcomes = [await proxy.next(), await proxy.next(), await proxy.next()].map((exchange) => exchange.outcome)
  expect(outcomes).toEqual(['answered', 'reset', 'hung'])
  expect(waiting.readyState).toBe(WebSocket.CONNECTING)
  waiting.terminate()
})
