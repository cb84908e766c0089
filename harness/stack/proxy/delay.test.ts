import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'

import { startProxy } from './proxy.ts'
import type { TestServer } from './test-servers.ts'
import { httpServer, replyTo, tcpServer, testServer, textOf, watchedProxy } from './test-servers.ts'
import type { Hooks } from './types.ts'

/** Longer than any test may take: whoever waits so long has not been let go. */
const minutes = 600_000
/** How much earlier than asked a timer may fire, by the clock of `durationMs`. */
const early = 2

const SSE = { 'content-type': 'text/event-stream' }
const events = ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']

/** A provider that answers `/stream` with three events and everything else with a word; `asked` is when it has done so. */
async function provider(): Promise<TestServer & { asked: Promise<void> }> {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  const server = await httpServer((incoming, response) => {
    if (incoming.url === '/stream') response.writeHead(200, SSE).end(events.join(''), () => resolve())
    else response.end('word', () => resolve())
  })
  return { ...server, asked }
}

/** A provider that says these on each channel, and then closes it. */
function channel(...said: string[]): Promise<TestServer> {
  const server = createServer()
  new WebSocketServer({ server }).on('connection', (socket) => {
    for (const message of said) socket.send(message)
    socket.close(1000)
  })
  return testServer(server)
}

async function listen({ url }: { url: string }): Promise<{ arrived: string[]; code: number }> {
  const socket = new WebSocket(url.replace('http:', 'ws:'))
  const arrived: string[] = []
  socket.on('message', (data: Buffer) => arrived.push(data.toString()))
  const [code] = await once(socket, 'close')
  return { arrived, code }
}

/** A connection that breaks after the head is told by the reply as well. */
const get = (url: string) =>
  replyTo(
    request(url, { agent: false })
      .on('error', () => {})
      .end(),
  )
const word = { status: 200, headers: {}, body: Buffer.from('held') }

test.each<[string, string, Hooks, string]>([
  ['a whole reply', '/', {}, 'word'],
  ['a whole reply that a hook changes', '/', { reply: (reply) => ({ ...reply, body: Buffer.from('other') }) }, 'other'],
  ['the head of a stream', '/stream', {}, events.join('')],
  ['what a hook answers in place of the provider', '/', { request: () => ({ reply: word }) }, 'held'],
])('%s is held back for so many milliseconds', async (_what, path, hooks, text) => {
  await using target = await provider()
  await using proxy = await watchedProxy({ target: target.url, hooks: { ...hooks, delay: () => 30 } })
  expect(await textOf(await get(proxy.url + path))).toBe(text)
  expect((await proxy.next()).durationMs).toBeGreaterThanOrEqual(30 - early)
})

test('a break is held back too', async () => {
  await using proxy = await watchedProxy({
    target: 'http://127.0.0.1:9',
    hooks: { request: () => 'reset', delay: () => 30 },
  })
  await expect(get(proxy.url)).rejects.toThrow(/socket hang up|ECONNRESET/)
  const { outcome, durationMs } = await proxy.next()
  expect(outcome).toBe('reset')
  expect(durationMs).toBeGreaterThanOrEqual(30 - early)
})

test('a channel is held back, and then carries what was said meanwhile', async () => {
  await using target = await channel('a', 'b')
  await using proxy = await startProxy({ target: target.url, hooks: { delay: () => 20 } })
  expect(await listen(proxy)).toEqual({ arrived: ['a', 'b'], code: 1000 })
})

test('the delay is asked for each exchange, with its request', async () => {
  await using target = await provider()
  const asked: string[] = []
  const delay: Hooks['delay'] = ({ path }) => asked.push(path)
  await using proxy = await startProxy({ target: target.url, hooks: { delay } })
  for (const path of ['/a', '/b', '/stream']) await textOf(await get(proxy.url + path))
  expect(asked).toEqual(['/a', '/b', '/stream'])
})

test('a provider that fails while its reply is held back fails at the client too', async () => {
  await using target = await tcpServer((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', () => socket.resetAndDestroy())
    })
  })
  await using proxy = await watchedProxy({ target: target.url, hooks: { delay: () => 30 } })
  await expect(get(proxy.url)).rejects.toThrow('socket hang up')
  expect((await proxy.next()).outcome).toBe('aborted')
})

test('events keep their distance, the first from the head of the stream', async () => {
  await using target = await provider()
  const gaps = [20, 5, 10]
  const hooks: Hooks = { eventDelay: (_event, _request, index) => gaps[index] ?? 0 }
  await using proxy = await watchedProxy({ target: target.url, hooks })
  expect(await textOf(await get(`${proxy.url}/stream`))).toBe(events.join(''))
  expect((await proxy.next()).durationMs).toBeGreaterThanOrEqual(35 - early)
})

test('messages keep their distance, and all of them arrive before the end of the channel', async () => {
  const said = Array.from({ length: 20 }, (_, index) => `message ${index}`)
  await using target = await channel(...said)
  const frameDelay: Hooks['frameDelay'] = ({ direction }) => (direction === 'to-client' ? 2 : 0)
  await using proxy = await watchedProxy({ target: target.url, hooks: { frameDelay } })
  expect(await listen(proxy)).toEqual({ arrived: said, code: 1000 })
  const { outcome, durationMs, frames } = await proxy.next()
  expect(outcome).toBe('streamed')
  expect(frames).toHaveLength(20)
  expect(durationMs).toBeGreaterThanOrEqual(40 - early)
})

const slow: readonly [string, string, Hooks][] = [
  ['a reply', '/', { delay: () => minutes }],
  ['a stream', '/stream', { delay: () => minutes }],
  ['an event', '/stream', { eventDelay: () => minutes }],
]

test.each(slow)('swapped hooks let %s go that was held back', async (_what, path, hooks) => {
  await using target = await provider()
  await using proxy = await startProxy({ target: target.url, hooks })
  const reply = get(proxy.url + path)
  await target.asked
  proxy.hooks({})
  expect(await textOf(await reply)).toBe(path === '/' ? 'word' : events.join(''))
})

test('swapped hooks let the messages of a channel go', async () => {
  await using target = await channel('a', 'b')
  const { promise: waiting, resolve } = Promise.withResolvers<void>()
  const frameDelay = () => {
    resolve()
    return minutes
  }
  await using proxy = await startProxy({ target: target.url, hooks: { frameDelay } })
  const heard = listen(proxy)
  await waiting
  proxy.hooks({})
  expect(await heard).toEqual({ arrived: ['a', 'b'], code: 1000 })
})

test.each(slow)('a client that leaves does not wait for %s, nor does the proxy', async (_what, path, hooks) => {
  await using target = await provider()
  await using proxy = await watchedProxy({ target: target.url, hooks })
  const sent = request(proxy.url + path).end()
  sent.on('error', () => {})
  await target.asked
  sent.destroy()
  expect((await proxy.next()).outcome).toBe('aborted')
})

test('a client that leaves an upgrade that is held back takes the provider’s connection along', async () => {
  const server = createServer()
  const connected = once(new WebSocketServer({ server }), 'connection')
  await using target = await testServer(server)
  await using proxy = await watchedProxy({ target: target.url, hooks: { delay: () => minutes } })
  const socket = new WebSocket(proxy.url.replace('http:', 'ws:')).on('error', () => {})
  const [atProvider] = await connected
  const closed = once(atProvider, 'close')
  socket.terminate()
  await closed
  expect((await proxy.next()).outcome).toBe('aborted')
})

test.each(slow)('stop() does not wait for %s', async (_what, path, hooks) => {
  await using target = await provider()
  const proxy = await startProxy({ target: target.url, hooks })
  const reply = get(proxy.url + path)
    .then(textOf)
    .catch((error: Error) => error.message)
  await target.asked
  await proxy.stop()
  expect(await reply).toMatch(/socket hang up|aborted/)
})

test.each<[string, string, Hooks]>([
  ['that is never answered', '/', { request: () => 'hang' }],
  ['whose reply is kept back for good', '/', { reply: () => 'hang' }],
  ['whose stream is kept open', '/stream', { streamEnd: () => ({ keepOpen: true }) }],
])('swapped hooks break the connection of a client %s', async (_what, path, hooks) => {
  await using target = await provider()
  await using proxy = await watchedProxy({ target: target.url, hooks })
  const broken = get(proxy.url + path).then(textOf)
  broken.catch(() => {})
  expect((await proxy.next()).outcome).toBe('hung')
  proxy.hooks({})
  await expect(broken).rejects.toThrow(/socket hang up|aborted|ECONNRESET/)
})

test.each([-1, Number.NaN, 2 ** 31])('a hook that delays by %d milliseconds has failed', async (ms) => {
  await using target = await provider()
  const proxy = await startProxy({ target: target.url, hooks: { delay: () => ms } })
  const reply = await get(proxy.url)
  expect([reply.statusCode, await textOf(reply)]).toEqual([502, expect.stringContaining('no number of milliseconds')])
  await expect(proxy.stop()).rejects.toThrow('Proxy hook "delay" failed')
})

test('the last events are sent, and then the connection breaks', async () => {
  await using target = await provider()
  const hooks: Hooks = { event: (event, _request, index) => (index === 1 ? { last: [event, event] } : [event]) }
  await using proxy = await watchedProxy({ target: target.url, hooks })
  const reply = await get(`${proxy.url}/stream`)
  await expect(textOf(reply)).rejects.toThrow('aborted')
  const { outcome, events: seen } = await proxy.next()
  expect([outcome, seen?.map(({ data }) => data)]).toEqual(['reset', ['1', '2', '2']])
})

test('the last messages are sent, and then the channel breaks', async () => {
  await using target = await channel('a', 'b', 'c')
  const hooks: Hooks = { frame: ({ data }, _request, index) => (index === 1 ? { last: [data] } : [data]) }
  await using proxy = await startProxy({ target: target.url, hooks })
  expect(await listen(proxy)).toEqual({ arrived: ['a', 'b'], code: 1006 })
})
