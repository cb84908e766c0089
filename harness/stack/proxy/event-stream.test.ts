import type { IncomingMessage, ServerResponse } from 'node:http'
import { request } from 'node:http'
import { createGzip, gzipSync } from 'node:zlib'

import { startProxy } from './proxy.ts'
import type { TestServer } from './test-servers.ts'
import { httpServer, replyTo, textOf, watchedProxy } from './test-servers.ts'
import type { ProxiedEvent } from './types.ts'

const SSE = { 'content-type': 'text/event-stream; charset=utf-8' }

/** A provider that streams these chunks, one per turn of the event loop, and ends. */
function streaming(...chunks: string[]): Promise<TestServer> {
  return httpServer(async (_incoming, response) => {
    response.writeHead(200, SSE).flushHeaders()
    for (const chunk of chunks) {
      await new Promise((resolve) => setImmediate(resolve))
      response.write(chunk)
    }
    response.end()
  })
}

/** A provider whose stream the test writes by hand. */
async function byHand(): Promise<TestServer & { stream: Promise<ServerResponse> }> {
  const { promise: stream, resolve } = Promise.withResolvers<ServerResponse>()
  const server = await httpServer((_incoming, response) => {
    response.writeHead(200, SSE).flushHeaders()
    resolve(response)
  })
  return { ...server, stream }
}

/** All that arrives until the stream ends or breaks, and which of the two it was. */
async function received(reply: IncomingMessage): Promise<{ text: string; complete: boolean }> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of reply) chunks.push(chunk)
  } catch {
    return { text: Buffer.concat(chunks).toString(), complete: false }
  }
  return { text: Buffer.concat(chunks).toString(), complete: true }
}

const get = (url: string) => replyTo(request(url).end())

test('without hooks a stream passes byte by byte, whatever is in it', async () => {
  const odd = [
    ': ping\r\nretry: 10\r\n',
    '\r\nevent:a\ndata:1\ndata\n\n',
    'unknown: x\n\ndata: é',
    '\n\nid: 7\n\ndata: unfinished',
  ]
  await using provider = await streaming(...odd)
  await using proxy = await startProxy({ target: provider.url })
  expect(await textOf(await get(proxy.url))).toBe(odd.join(''))
})

test.each([
  ['without hooks', {}],
  ['with an event hook', { event: (event: ProxiedEvent) => [event] }],
  ['while events are held', { holdEvents: true }],
])('the head of a stream is there before its first event: %s', async (_name, hooks) => {
  await using provider = await byHand()
  await using proxy = await startProxy({ target: provider.url, hooks })
  const reply = await get(proxy.url)
  expect(reply.headers['content-type']).toBe(SSE['content-type'])
})

test('an event arrives before the provider sends the next one', async () => {
  await using provider = await byHand()
  await using proxy = await startProxy({ target: provider.url, hooks: { event: (event) => [event] } })
  const reply = await get(proxy.url)
  const stream = await provider.stream
  const chunks = reply[Symbol.asyncIterator]()
  for (const text of ['data: 1\n\n', 'event: token\ndata: 2\n\n', 'data: 3\r\r']) {
    stream.write(text)
    expect(String((await chunks.next()).value)).toBe(text)
  }
})

test('the record shows the events, decoded', async () => {
  await using provider = await streaming('id: 1\nevent: token\ndata: {"a":1}\n\n', ': ping\n\ndata: x\ndata: y\n\n')
  await using proxy = await startProxy({ target: provider.url })
  await textOf(await get(`${proxy.url}/chat`))
  expect(proxy.exchanges()).toMatchObject([
    {
      request: { path: '/chat' },
      reply: { status: 200, headers: SSE },
      events: [
        { id: '1', event: 'token', data: '{"a":1}' },
        { event: 'message', data: 'x\ny' },
      ],
      outcome: 'streamed',
    },
  ])
})

test('the streamHead hook changes status and headers, and the events still stream', async () => {
  await using provider = await streaming('data: 1\n\n')
  await using proxy = await startProxy({
    target: provider.url,
    hooks: { streamHead: ({ headers }) => ({ status: 202, headers: { ...headers, 'content-type': 'text/plain' } }) },
  })
  const reply = await get(proxy.url)
  expect([reply.statusCode, reply.headers['content-type']]).toEqual([202, 'text/plain'])
  expect(await textOf(reply)).toBe('data: 1\n\n')
})

test('the event hook changes, drops, repeats and adds events; it gets the request and the event’s index', async () => {
  const seen: unknown[] = []
  await using provider = await streaming('event: a\ndata: 0\n\ndata: 1\n\n', 'id: x\ndata: 2\n\ndata: 3\n\n')
  await using proxy = await startProxy({
    target: provider.url,
    hooks: {
      event: (event, { path }, index) => {
        seen.push([event.data, path, index])
        if (index === 0) return [{ ...event, event: 'renamed', data: 'two\nlines' }]
        if (index === 1) return []
        return index === 2 ? [event, event] : [event, { event: 'extra', data: '' }]
      },
    },
  })
  expect(await textOf(await get(`${proxy.url}/p`))).toBe(
    'event: renamed\ndata: two\ndata: lines\n\n' +
      'id: x\ndata: 2\n\nid: x\ndata: 2\n\n' +
      'data: 3\n\nevent: extra\ndata: \n\n',
  )
  expect(seen).toEqual(['0', '1', '2', '3'].map((data, index) => [data, '/p', index]))
})

test('what the event hook leaves alone keeps its bytes: comments, retry times, odd spelling, an unfinished end', async () => {
  const odd = [
    ': ping\r\nretry: 10\r\n',
    '\r\nevent:a\r',
    '\ndata:1\r\n\r',
    '\ndata\n\n',
    ':\n\nid: 7\n\nda',
    'ta: é\n\ndata: unfinished',
  ]
  await using provider = await streaming(...odd)
  await using proxy = await startProxy({ target: provider.url, hooks: { event: (event) => [event] } })
  expect(await textOf(await get(proxy.url))).toBe(odd.join(''))
})

test('an event that the hook changes in place is changed', async () => {
  await using provider = await streaming('data: 1\n\n')
  await using proxy = await startProxy({
    target: provider.url,
    hooks: { event: (event) => [Object.assign(event, { data: 'changed' })] },
  })
  expect(await textOf(await get(proxy.url))).toBe('data: changed\n\n')
})

test('the event hook cuts the stream: what was sent before arrives, then the connection breaks', async () => {
  const closed = Promise.withResolvers<void>()
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(200, SSE).write('data: 0\n\ndata: 1\n\ndata: 2\n\n')
    response.once('close', closed.resolve)
  })
  await using proxy = await watchedProxy({
    target: provider.url,
    hooks: { event: (event, _request, index) => (index === 2 ? 'cut' : [event]) },
  })
  expect(await received(await get(proxy.url))).toEqual({ text: 'data: 0\n\ndata: 1\n\n', complete: false })
  await closed.promise
  expect(await proxy.next()).toMatchObject({ outcome: 'reset', events: [{ data: '0' }, { data: '1' }] })
})

test('the streamEnd hook adds events at the provider’s end', async () => {
  await using provider = await streaming('data: 1\n\n')
  await using proxy = await startProxy({
    target: provider.url,
    hooks: { streamEnd: ({ path }) => ({ events: [{ event: 'done', data: path }] }) },
  })
  expect(await textOf(await get(`${proxy.url}/x`))).toBe('data: 1\n\nevent: done\ndata: /x\n\n')
})

test('the streamEnd hook keeps the connection open for ever', async () => {
  await using provider = await streaming('data: 1\n\n')
  await using proxy = await watchedProxy({
    target: provider.url,
    hooks: { streamEnd: () => ({ events: [{ event: 'message', data: '2' }], keepOpen: true }) },
  })
  const reply = await get(proxy.url)
  const chunks: string[] = []
  reply.on('data', (chunk) => chunks.push(String(chunk))).on('error', () => {})
  expect(await proxy.next()).toMatchObject({ outcome: 'hung', events: [{ data: '1' }, { data: '2' }] })
  expect(reply.complete).toBe(false)
  await proxy.stop()
  expect([chunks.join(''), reply.complete]).toEqual(['data: 1\n\ndata: 2\n\n', false])
})

test('holdEvents sends nothing until the provider has ended, then all at once', async () => {
  await using provider = await byHand()
  const seen: string[] = []
  const all = Promise.withResolvers<void>()
  await using proxy = await startProxy({
    target: provider.url,
    hooks: {
      holdEvents: true,
      event: (event) => {
        seen.push(event.data)
        if (seen.length === 2) all.resolve()
        return [event]
      },
    },
  })
  const reply = await get(proxy.url)
  const chunks: string[] = []
  reply.on('data', (chunk) => chunks.push(String(chunk)))
  const stream = await provider.stream
  stream.write('data: 1\n\n')
  stream.write('data: 2\n\n')
  await all.promise
  expect(chunks).toEqual([])
  stream.end()
  await new Promise((resolve) => reply.once('end', resolve))
  expect(chunks).toEqual(['data: 1\n\ndata: 2\n\n'])
})

test('holdEvents alone holds the bytes back unparsed', async () => {
  await using provider = await streaming(': ping\n\n', 'data: 1\r\n', '\r\ndata: unfinished')
  await using proxy = await startProxy({ target: provider.url, hooks: { holdEvents: true } })
  expect(await textOf(await get(proxy.url))).toBe(': ping\n\ndata: 1\r\n\r\ndata: unfinished')
})

test('a compressed stream reaches the event hook decoded, event by event, and the client plain', async () => {
  const release = Promise.withResolvers<void>()
  await using provider = await httpServer(async (_incoming, response) => {
    response.writeHead(200, { ...SSE, 'content-encoding': 'gzip' })
    const gzip = createGzip()
    gzip.pipe(response)
    gzip.write('data: 1\n\n')
    gzip.flush()
    await release.promise
    gzip.end('data: 2\n\n')
  })
  await using proxy = await startProxy({
    target: provider.url,
    hooks: { event: (event) => [{ ...event, data: `<${event.data}>` }] },
  })
  const reply = await get(proxy.url)
  expect(reply.headers['content-encoding']).toBeUndefined()
  const chunks = reply[Symbol.asyncIterator]()
  expect(String((await chunks.next()).value)).toBe('data: <1>\n\n')
  release.resolve()
  expect(String((await chunks.next()).value)).toBe('data: <2>\n\n')
})

test('a compressed stream without hooks stays compressed, and is readable in the record', async () => {
  const packed = gzipSync('data: 1\n\n')
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(200, { ...SSE, 'content-encoding': 'gzip' }).end(packed)
  })
  await using proxy = await startProxy({ target: provider.url })
  const reply = await get(proxy.url)
  const chunks: Buffer[] = []
  for await (const chunk of reply) chunks.push(chunk)
  expect(Buffer.concat(chunks)).toEqual(packed)
  expect(proxy.exchanges()).toMatchObject([{ events: [{ event: 'message', data: '1' }] }])
})

test('a stream in a coding that cannot be read fails its hooks aloud', async () => {
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(200, { ...SSE, 'content-encoding': 'rot13' }).end('qngn: 1')
  })
  const proxy = await startProxy({ target: provider.url, hooks: { event: (event) => [event] } })
  expect((await get(proxy.url)).statusCode).toBe(502)
  await expect(proxy.stop()).rejects.toThrow('Proxy hook "event" failed: the stream\'s content coding is rot13.')
})

test('an event hook that throws breaks the stream, and stop() tells', async () => {
  await using provider = await streaming('data: 1\n\n')
  const proxy = await startProxy({
    target: provider.url,
    hooks: { event: (event) => [{ ...event, event: 'two\nlines' }] },
  })
  expect(await received(await get(proxy.url))).toEqual({ text: '', complete: false })
  await expect(proxy.stop()).rejects.toThrow('the event field "two\\nlines" contains a line end')
})

test.each([
  ['without hooks', {}],
  ['with an event hook', { event: (event: ProxiedEvent) => [event] }],
])('a provider that breaks off breaks the client’s stream, after all it sent: %s', async (_name, hooks) => {
  await using provider = await byHand()
  await using proxy = await watchedProxy({ target: provider.url, hooks })
  const reply = await get(proxy.url)
  const all = received(reply)
  const stream = await provider.stream
  stream.write('data: 1\n\n', () => stream.destroy())
  expect(await all).toEqual({ text: 'data: 1\n\n', complete: false })
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted', events: [{ data: '1' }] })
})

test.each([
  ['without hooks', {}],
  ['with an event hook', { event: (event: ProxiedEvent) => [event] }],
  ['while events are held', { holdEvents: true }],
])('a client that leaves a stream takes the provider’s stream along: %s', async (_name, hooks) => {
  await using provider = await byHand()
  await using proxy = await watchedProxy({ target: provider.url, hooks })
  const reply = await get(proxy.url)
  const stream = await provider.stream
  const closed = new Promise((resolve) => stream.once('close', resolve))
  reply.on('error', () => {}).destroy()
  await closed
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted' })
})

test('a client that leaves before it has read all is noticed, even if the provider has ended its stream', async () => {
  await using provider = await streaming('data: 1\n\n')
  const data = 'x'.repeat(50_000_000)
  await using proxy = await watchedProxy({
    target: provider.url,
    hooks: { event: (event) => [{ ...event, data }] },
  })
  const reply = await get(proxy.url)
  reply.on('error', () => {}).once('data', () => reply.destroy())
  expect(await proxy.next()).toMatchObject({ outcome: 'aborted', cut: true })
})

test('a slow client slows a stream down, with an event hook as well', async () => {
  let written = 0
  const event = `data: ${'x'.repeat(64 * 1024)}\n\n`
  const quiet = Promise.withResolvers<void>()
  await using provider = await httpServer((_incoming, response) => {
    response.writeHead(200, SSE)
    const timer = setTimeout(quiet.resolve, 500)
    const more = () => {
      timer.refresh()
      while (written < 10_000) {
        written += 1
        if (!response.write(event)) break
      }
    }
    response.on('drain', more)
    more()
  })
  await using proxy = await startProxy({ target: provider.url, hooks: { event: (one) => [one] } })
  const reply = await get(proxy.url)
  reply.on('error', () => {}).pause()
  await quiet.promise
  expect(written).toBeLessThan(1_000)
  reply.destroy()
})
