import { execFile } from 'node:child_process'
import type { EventEmitter } from 'node:events'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { WebSocket } from 'ws'

import { startProxy } from './proxy.ts'
import { httpServer, replyTo, textOf } from './test-servers.ts'
import type { Exchange } from './types.ts'

const echo = () =>
  httpServer(async (incoming, response) => {
    const body = await textOf(incoming)
    response.setHeader('X-Echo', 'yes').end(body)
  })

/** All that an exchange consists of, read one by one. */
function partsOf({ id, at, request, reply, events, frames, durationMs, outcome, cut }: Exchange): readonly unknown[] {
  const asked = [request.id, request.method, request.path, request.headers, request.body]
  return [id, at, ...asked, reply?.status, reply?.headers, reply?.body, events, frames, durationMs, outcome, cut]
}

test('an exchange is recorded with everything that was sent', async () => {
  await using provider = await echo()
  const before = Date.now()
  await using proxy = await startProxy({ target: provider.url })
  await (await fetch(`${proxy.url}/a?b=c`, { method: 'POST', body: 'hello', headers: { 'X-Sent': '1' } })).text()
  const [exchange] = proxy.exchanges()
  expect(exchange).toMatchObject({
    id: 1,
    request: { id: 1, method: 'POST', path: '/a?b=c', headers: { 'x-sent': '1', 'content-length': '5' } },
    reply: { status: 200, headers: { 'x-echo': 'yes' } },
    outcome: 'answered',
  })
  expect([exchange?.request.body.toString(), exchange?.reply?.body?.toString()]).toEqual(['hello', 'hello'])
  expect(exchange?.at).toBeGreaterThanOrEqual(before)
  expect(exchange?.durationMs).toBeGreaterThan(0)
  expect(exchange).not.toHaveProperty('cut')
})

test('an exchange is in the record as soon as the client has its reply', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url })
  for (let count = 1; count <= 50; count += 1) {
    await textOf(await replyTo(request(proxy.url, { method: 'POST' }).end('x'.repeat(count * 400))))
    expect(proxy.exchanges()).toHaveLength(count)
  }
})

test('the record shows what the client sent and got; hooks change what lies between', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({
    target: provider.url,
    hooks: {
      request: (sent) => ({ ...sent, path: '/changed', body: Buffer.from('changed') }),
      reply: (reply, { path, body }) => ({
        ...reply,
        status: 201,
        body: Buffer.from([reply.body, path, body].join(' ')),
      }),
    },
  })
  await (await fetch(`${proxy.url}/sent`, { method: 'POST', body: 'sent' })).text()
  const [exchange] = proxy.exchanges()
  expect([exchange?.request.path, exchange?.request.body.toString()]).toEqual(['/sent', 'sent'])
  expect([exchange?.reply?.status, exchange?.reply?.body?.toString()]).toEqual([201, 'changed /sent sent'])
})

test('bodies in the record are decoded; repeated headers are arrays', async () => {
  await using provider = await httpServer((incoming, response) => {
    incoming.resume()
    const headers = { 'content-encoding': 'gzip', 'set-cookie': ['a=1', 'b=2', 'c=3'] }
    response.writeHead(200, headers).end(gzipSync('reply'))
  })
  await using proxy = await startProxy({ target: provider.url })
  const headers = { 'content-encoding': 'gzip' }
  await (await fetch(proxy.url, { method: 'POST', body: gzipSync('request'), headers })).text()
  const [exchange] = proxy.exchanges()
  expect([exchange?.request.body.toString(), exchange?.reply?.body?.toString()]).toEqual(['request', 'reply'])
  expect(exchange?.reply?.headers).toMatchObject({ 'content-encoding': 'gzip', 'set-cookie': ['a=1', 'b=2', 'c=3'] })
})

test('a body above 64 KiB is cut in the record, not on the wire', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url })
  const body = 'x'.repeat(1_000_000)
  expect(await (await fetch(proxy.url, { method: 'POST', body })).text()).toBe(body)
  const [exchange] = proxy.exchanges()
  expect([exchange?.request.body.length, exchange?.reply?.body?.length]).toEqual([65_536, 65_536])
  expect(exchange?.cut).toBe(true)
})

test('a body that inflates without end does no harm to the record', async () => {
  const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024))
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
  })
  await using proxy = await startProxy({ target: provider.url })
  await (await replyTo(request(proxy.url).end())).resume().toArray()
  expect(proxy.exchanges()[0]?.reply?.body?.length).toBeLessThanOrEqual(65_536)
})

test('exchanges come in the order in which they began, whichever ended first', async () => {
  const first = Promise.withResolvers<void>()
  await using provider = await httpServer(async (incoming, response) => {
    if (incoming.url === '/1') await first.promise
    response.end()
  })
  await using proxy = await startProxy({ target: provider.url })
  const slow = replyTo(request(`${proxy.url}/1`).end())
  await fetch(`${proxy.url}/2`)
  first.resolve()
  await textOf(await slow)
  expect(proxy.exchanges().map((exchange) => exchange.request.path)).toEqual(['/1', '/2'])
})

test('only the last exchanges are kept, and clear() forgets them', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url, keep: 2 })
  for (const path of ['/1', '/2', '/3']) await fetch(proxy.url + path)
  expect(proxy.exchanges().map((exchange) => exchange.request.path)).toEqual(['/2', '/3'])
  proxy.clear()
  expect(proxy.exchanges()).toEqual([])
})

test('onExchange is told of each exchange; if it throws, stop() tells', async () => {
  const told: Exchange[] = []
  await using provider = await echo()
  const proxy = await startProxy({
    target: provider.url,
    onExchange: (exchange) => {
      told.push(exchange)
      if (told.length === 2) throw new Error('oops')
    },
  })
  for (const path of ['/1', '/2', '/3']) expect((await fetch(proxy.url + path)).status).toBe(200)
  expect(told.map(partsOf)).toEqual(proxy.exchanges().map(partsOf))
  await expect(proxy.stop()).rejects.toThrow("The proxy's onExchange failed: Error: oops. Correct the callback.")
})

test('many clients at once get their own replies', async () => {
  await using provider = await echo()
  await using proxy = await startProxy({ target: provider.url })
  const bodies = Array.from({ length: 50 }, (_, index) => `${index} `.repeat(index * 10))
  const replies = bodies.map(async (body) => (await fetch(proxy.url, { method: 'POST', body })).text())
  expect(await Promise.all(replies)).toEqual(bodies)
})

test('the target may move between two requests, and hooks may be swapped', async () => {
  await using one = await httpServer((_incoming, response) => response.end('one'))
  await using other = await httpServer((_incoming, response) => response.end('other'))
  let target = one.url
  await using proxy = await startProxy({ target: () => target })
  const get = async () => (await fetch(proxy.url)).text()
  expect(await get()).toBe('one')
  target = other.url
  expect(await get()).toBe('other')
  proxy.hooks({ reply: (reply) => ({ ...reply, body: Buffer.from('hooked') }) })
  expect(await get()).toBe('hooked')
  proxy.hooks({})
  expect(await get()).toBe('other')
})

test('the proxy listens on the port it is given, on loopback, and says so when it cannot', async () => {
  await using first = await startProxy({ target: 'http://127.0.0.1:1' })
  expect(first.url).toBe(`http://127.0.0.1:${first.port}`)
  await expect(startProxy({ target: 'http://127.0.0.1:1', port: first.port })).rejects.toThrow(
    `The proxy cannot listen on 127.0.0.1:${first.port}: listen EADDRINUSE`,
  )
  await first.stop()
  await using again = await startProxy({ target: 'http://127.0.0.1:1', port: first.port })
  expect(again.port).toBe(first.port)
})

test('stop() ends streams, hung requests, uploads, idle connections and channels at once', async () => {
  await using provider = await httpServer((incoming, response) => {
    if (incoming.url === '/stream')
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    if (incoming.url === '/idle') response.end()
    incoming.resume()
  })
  const proxy = await startProxy({
    target: provider.url,
    hooks: { request: (sent) => (sent.path === '/hung' ? 'hang' : sent), upgrade: () => 'hang' },
  })
  const stream = await replyTo(request(`${proxy.url}/stream`).end())
  const upload = request(`${proxy.url}/upload`, { method: 'POST' })
  upload.write('half')
  const ends = [
    closing(stream),
    closing(upload),
    closing(request(`${proxy.url}/silent`).end()),
    closing(request(`${proxy.url}/hung`).end()),
    closing(new WebSocket(proxy.url.replace('http', 'ws'))),
  ]
  const idle = connect(proxy.port, '127.0.0.1')
  idle.write('GET /idle HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(idle, 'data')
  while (provider.connections() < 3 || proxy.exchanges().length < 3) await new Promise(setImmediate)
  await proxy.stop()
  await Promise.all([...ends, once(idle, 'close')])
  expect(Object.fromEntries(proxy.exchanges().map(({ request: { path }, outcome }) => [path, outcome]))).toEqual({
    '/stream': 'aborted',
    '/silent': 'aborted',
    '/hung': 'hung',
    '/upload': 'aborted',
    '/': 'hung',
    '/idle': 'answered',
  })
})

/** Resolves when this has closed, by error or not. */
function closing(one: EventEmitter): Promise<void> {
  return new Promise((resolve) => void one.on('error', () => {}).once('close', () => resolve()))
}

test('after stop() nothing keeps the process alive: no port, socket or timer', async () => {
  // A process of its own: the resources of this one are the test runner's as well.
  const script = `
    import { once } from 'node:events'
    import { connect, createServer } from 'node:net'
    const { startProxy } = await import(${JSON.stringify(new URL('./proxy.ts', import.meta.url).href)})
    const provider = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
    await once(provider, 'listening')
    const proxy = await startProxy({ target: 'http://127.0.0.1:' + provider.address().port })
    const send = (text) => connect(proxy.port, '127.0.0.1').on('error', () => {}).write(text)
    send('GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n')
    await once(provider, 'connection')
    send('POST / HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 9\\r\\n\\r\\nhalf')
    await once(provider, 'connection')
    send('GET / HTTP/1.1')
    provider.close()
    await proxy.stop()
    // A closed handle is listed until the event loop has come round.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
    console.log(JSON.stringify(process.getActiveResourcesInfo().filter((one) => /TCP|Time|Connect/.test(one))))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    timeout: 10_000,
  })
  expect(stdout).toBe('[]\n')
})
