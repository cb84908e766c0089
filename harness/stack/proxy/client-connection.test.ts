import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { Socket } from 'node:net'
import { connect } from 'node:net'

import { startProxy } from './proxy.ts'
import { httpServer, replyTo, tcpServer, textOf } from './test-servers.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const GET = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'

/** A client on one connection that stays open. */
function keptOpen(): Agent & Disposable {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() })
}

test('requests on one client connection share one connection to the provider', async () => {
  const ports: (number | undefined)[] = []
  await using provider = await httpServer((incoming, response) => {
    ports.push(incoming.socket.remotePort)
    response.end('ok')
  })
  await using proxy = await startProxy({ target: provider.url })
  using agent = keptOpen()
  for (let count = 0; count < 3; count += 1) await textOf(await replyTo(request(proxy.url, { agent }).end()))
  expect(ports).toHaveLength(3)
  expect(new Set(ports).size).toBe(1)
})

test('clients do not share connections to the provider', async () => {
  const ports = new Set<number | undefined>()
  await using provider = await httpServer((incoming, response) => {
    ports.add(incoming.socket.remotePort)
    response.end('ok')
  })
  await using proxy = await startProxy({ target: provider.url })
  using one = keptOpen()
  using other = keptOpen()
  for (const agent of [one, other]) await textOf(await replyTo(request(proxy.url, { agent }).end()))
  expect(ports.size).toBe(2)
})

test('a provider that closes an idle connection closes the client’s', async () => {
  const sockets: Socket[] = []
  await using provider = await tcpServer((socket) => {
    sockets.push(socket)
    socket.on('data', () => socket.write(OK))
  })
  await using proxy = await startProxy({ target: provider.url })
  const client = connect(proxy.port, '127.0.0.1')
  client.write(GET)
  await once(client, 'data')
  sockets[0]?.end()
  await once(client, 'close')
})

test('a client that leaves an idle connection closes the provider’s', async () => {
  const closed = Promise.withResolvers<void>()
  await using provider = await tcpServer((socket) => {
    socket.on('data', () => socket.write(OK)).once('close', () => closed.resolve())
  })
  await using proxy = await startProxy({ target: provider.url })
  const client = connect(proxy.port, '127.0.0.1')
  client.write(GET)
  await once(client, 'data')
  client.end()
  await closed.promise
})

test('the client learns how long the provider keeps an idle connection', async () => {
  await using provider = await tcpServer((socket) => {
    socket.on('data', () => socket.write(OK.replace('\r\n\r\n', '\r\nKeep-Alive: timeout=7\r\n\r\n')))
  })
  await using proxy = await startProxy({ target: provider.url })
  using agent = keptOpen()
  const reply = await replyTo(request(proxy.url, { agent }).end())
  expect(reply.headers).toMatchObject({ connection: 'keep-alive', 'keep-alive': 'timeout=7' })
  reply.resume()
})

test('the client learns that the provider closes the connection after its reply', async () => {
  await using provider = await tcpServer((socket) => {
    socket.once('data', () => socket.end(OK.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')))
  })
  await using proxy = await startProxy({ target: provider.url })
  using agent = keptOpen()
  const reply = await replyTo(request(proxy.url, { agent }).end())
  expect(reply.headers.connection).toBe('close')
  expect(await textOf(reply)).toBe('ok')
})

test('a provider that was not reached leaves the client’s connection usable', async () => {
  await using provider = await httpServer((_incoming, response) => response.end('ok'))
  let target = 'http://127.0.0.1:1'
  await using proxy = await startProxy({ target: () => target })
  using agent = keptOpen()
  const sent = request(proxy.url, { agent }).end()
  expect(await textOf(await replyTo(sent))).toContain('proxy_unreachable')
  target = provider.url
  const again = request(proxy.url, { agent }).end()
  expect(await textOf(await replyTo(again))).toBe('ok')
  expect(again.reusedSocket).toBe(true)
})

test('replies to requests sent at once on one connection come in order', async () => {
  await using provider = await httpServer((incoming, response) => {
    if (incoming.url === '/slow') setImmediate(() => setImmediate(() => response.end('slow')))
    else response.end('fast')
  })
  await using proxy = await startProxy({ target: provider.url })
  const client = connect(proxy.port, '127.0.0.1')
  client.write(GET.replace('/', '/slow') + GET.replace('HTTP/1.1', 'HTTP/1.1\r\nConnection: close'))
  let text = ''
  for await (const chunk of client) text += chunk.toString()
  expect(text.match(/slow|fast/g)).toEqual(['slow', 'fast'])
})
