import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { sse } from '#harness/contract/operation.ts'
import { event } from '#harness/contract/reply.ts'
import { library } from '#harness/serve/example-contract.ts'
import { client } from './client.ts'
import { ConnectionError, ContractViolation, ReplyError, StreamBroken, TimeoutError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import { failureOf } from './testing/failure-of.ts'
import { duneId, libraryClient, libraryService } from './testing/library-service.ts'
import { deadUrl, rawServer } from './testing/raw-server.ts'

const call = { params: { id: duneId } }

/** A stream that nobody can resume. */
const radio = contract('radio', {
  errors: library.errors,
  operations: {
    speak: sse.post('/speak', {
      body: z.object({ about: z.string() }),
      events: { word: z.object({ text: z.string() }), end: z.object({ words: z.int() }) },
      order: 'word* end',
    }),
  },
})

const wordA = 'id: 1\nevent: word\ndata: {"text":"a"}\n\n'
const wordB = 'id: 2\nevent: word\ndata: {"text":"b"}\n\n'
const end = 'id: 3\nevent: end\ndata: {"words":2}\n\n'

type Streaming = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>

/** A server that streams to each connection in its own way, the last way again and again, and keeps what it was asked. */
async function streaming(...ways: Streaming[]) {
  const asked: IncomingMessage[] = []
  const left: Promise<unknown>[] = []
  const server = await rawServer((request, response) => {
    asked.push(request)
    left.push(new Promise((resolve) => response.on('close', resolve)))
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    void ways[Math.min(asked.length, ways.length) - 1]?.(response, request)
  })
  return { asked, left, url: server.url, [Symbol.asyncDispose]: server[Symbol.asyncDispose] }
}

/** Sends some text and ends. */
const whole =
  (text: string): Streaming =>
  (response) =>
    void response.end(text)
/** Sends some text and cuts the connection. */
const cut =
  (text: string): Streaming =>
  (response) =>
    void response.write(text || ':\n', () => response.destroy())
/** Sends some text, and nothing any more. */
const stuck =
  (text: string): Streaming =>
  (response) =>
    void response.write(text)

async function read<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of events) all.push(one)
  return all
}

function words(url: string, options: Partial<ClientOptions> = {}) {
  return libraryClient(url, { retries: 0, ...options }).readAloud(call)
}

test('a stream gives its events in order, with data and ids, and ends with the last one', async () => {
  await using service = await libraryService()
  expect(await read(words(service.url))).toEqual([
    { event: 'word', data: { text: 'a' }, id: '1' },
    { event: 'word', data: { text: 'b' }, id: '2' },
    { event: 'end', data: { words: 2 }, id: '3' },
  ])
})

test('events come while the provider is still busy', async () => {
  let go: (() => void) | undefined
  await using service = await libraryService({
    async *readAloud() {
      yield event('word', { text: 'a' })
      await new Promise<void>((resolve) => (go = resolve))
      yield event('end', { words: 1 })
    },
  })
  const got: string[] = []
  for await (const { event: name } of words(service.url)) {
    got.push(name)
    if (name === 'word') go?.()
  }
  expect(got).toEqual(['word', 'end'])
})

test('nothing is sent before the stream is read', async () => {
  await using server = await streaming(whole(end))
  const events = words(server.url)
  expect(server.asked).toHaveLength(0)
  await read(events)
  expect(server.asked[0]?.headers).toMatchObject({
    accept: 'text/event-stream, application/json',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
})

test('frames may be cut anywhere, also in the middle of a character, and end their lines in any way', async () => {
  const bytes = new TextEncoder().encode(
    'event: word\r\ndata: {"text":\r\ndata: "ä€"}\r\n\r\nevent: end\rdata: {"words":1}\r\r',
  )
  const chunks = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
      controller.close()
    },
  })
  const fetched = new Response(chunks, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
  const events = words('http://library.test', { fetch: () => Promise.resolve(fetched) })
  expect((await read(events))[0]).toEqual({ event: 'word', data: { text: 'ä€' } })
})

test('comments are no events', async () => {
  await using server = await streaming(whole(`: hello\n\n${wordA}: still here\n\n${end}`))
  expect((await read(words(server.url))).map(({ event: name }) => name)).toEqual(['word', 'end'])
})

test('a provider that does not end the stream after its last event is left', async () => {
  await using server = await streaming(stuck(end))
  expect(await read(words(server.url))).toHaveLength(1)
  await server.left[0]
})

test('a refusal comes in place of the stream', async () => {
  await using service = await libraryService()
  const failure = await failureOf(read(libraryClient(service.url).readAloud({ params: { id: '42' } })))
  expect(failure).toBeInstanceOf(ReplyError)
  expect(failure).toMatchObject({ status: 422, problem: { code: 'validation_error' } })
})

describe('what the contract does not have is a violation, after what came before it', () => {
  test.each<[string, { text: string; before: number; message: string }]>([
    ['an unknown event', { text: `${wordA}event: noise\ndata: {}\n\n`, before: 1, message: 'an event "noise", which' }],
    ['an event without a name', { text: 'data: {"text":"a"}\n\n', before: 0, message: 'an event "message", which' }],
    ['data that is no JSON', { text: 'event: word\ndata: a\n\n', before: 0, message: '"word" is no JSON: a' }],
    ['data of another type', { text: `${wordA}event: word\ndata: {"text":1}\n\n`, before: 1, message: '$.text: ' }],
  ])('%s', async (_what, { text, before, message }) => {
    await using server = await streaming(whole(text))
    const got: unknown[] = []
    const failure = await failureOf(
      (async () => {
        for await (const one of words(server.url, { retries: 3 })) got.push(one)
      })(),
    )
    expect(failure).toBeInstanceOf(ContractViolation)
    expect((failure as Error).message).toContain(message)
    expect(got).toHaveLength(before)
    expect(server.asked).toHaveLength(1)
  })

  test('an event where the order does not allow it', async () => {
    const duet = contract('duet', {
      errors: library.errors,
      operations: { sing: sse.get('/sing', { events: { one: z.int(), two: z.int() }, order: 'one two' }) },
    })
    await using server = await streaming(whole('event: two\ndata: 2\n\n'))
    const failure = await failureOf(read(client(duet, { baseUrl: server.url }).sing()))
    expect(failure).toBeInstanceOf(ContractViolation)
    expect((failure as Error).message).toContain('"two" came where the contract allows one')
  })

  test('a field of an event that is missing, as soon as it is read', async () => {
    await using server = await streaming(whole(`event: word\ndata: {}\n\n${end}`))
    const [word] = await read(words(server.url))
    expect(word?.event).toBe('word')
    expect(() => word?.event === 'word' && word.data.text).toThrow('lacks $.text')
  })

  test('a reply that is no stream', async () => {
    await using server = await rawServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('[]')
    })
    expect(await failureOf(read(words(server.url)))).toBeInstanceOf(ContractViolation)
  })
})

describe('a stream that breaks off', () => {
  const speak = (url: string, options: Partial<ClientOptions> = {}) =>
    client(radio, { baseUrl: url, retries: 3, retryDelayMs: 1, ...options }).speak({ body: { about: 'Dune' } })

  test.each<[string, Streaming, string]>([
    ['is cut', cut(wordA), 'the connection broke'],
    ['ends too early', whole(wordA), 'the stream ended where word or end should come'],
    [
      'ends in the middle of its last event',
      whole(wordA + end.trimEnd()),
      'the stream ended where word or end should come',
    ],
  ])('is an error where it cannot be resumed: it %s', async (_what, way, message) => {
    await using server = await streaming(way)
    const failure = await failureOf(read(speak(server.url)))
    expect(failure).toBeInstanceOf(StreamBroken)
    expect((failure as Error).message).toContain(message)
    expect(server.asked).toHaveLength(1)
  })

  test('by silence is an error', async () => {
    await using server = await streaming(stuck(wordA))
    const failure = await failureOf(read(speak(server.url, { silenceMs: 30 })))
    expect(failure).toBeInstanceOf(StreamBroken)
    expect((failure as Error).message).toContain('nothing came for 30 ms')
    await server.left[0]
  })

  test('is not what keeps itself open by comments', async () => {
    await using server = await streaming(async (response) => {
      for (let comment = 0; comment < 6; comment++) {
        await delay(20)
        response.write(':\n')
      }
      response.end(end)
    })
    expect(await read(speak(server.url, { silenceMs: 100 }))).toHaveLength(1)
  })

  test('is not what waits for its reader', async () => {
    await using server = await streaming(async (response) => {
      response.write(wordA)
      await delay(5)
      response.end(end)
    })
    const got: string[] = []
    for await (const { event: name } of speak(server.url, { silenceMs: 60 })) {
      got.push(name)
      if (name === 'word') await delay(90)
    }
    expect(got).toEqual(['word', 'end'])
  })

  test('goes on after its last event where it can be resumed', async () => {
    await using server = await streaming(cut(wordA), whole(wordB), whole(end))
    const events = await read(words(server.url, { retries: 1 }))
    expect(events.map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(server.asked.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1', '2'])
  })

  test('goes on after a silence as well', async () => {
    await using server = await streaming(stuck(wordA), whole(wordB + end))
    expect(await read(words(server.url, { retries: 5, silenceMs: 30 }))).toHaveLength(3)
  })

  test('goes on in the order where it was', async () => {
    await using server = await streaming(cut(wordA), whole(end))
    expect((await read(words(server.url, { retries: 1 }))).map(({ event: name }) => name)).toEqual(['word', 'end'])
  })

  test('goes on after something on the way said that the provider is gone', async () => {
    let calls = 0
    await using server = await rawServer((_request, response) => {
      calls++
      if (calls === 2) response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>')
      else response.writeHead(200, { 'content-type': 'text/event-stream' }).end(calls === 1 ? wordA : wordB + end)
    })
    expect(await read(words(server.url, { retries: 2 }))).toHaveLength(3)
  })

  test('is given up after some attempts without progress, and the last failure is thrown', async () => {
    await using server = await streaming(cut(''))
    expect(await failureOf(read(words(server.url, { retries: 2 })))).toBeInstanceOf(StreamBroken)
    expect(server.asked).toHaveLength(3)
  })

  test('is not given up as long as there is progress', async () => {
    await using server = await streaming(cut(''), cut(wordA), cut(''), cut(wordB), cut(''), whole(end))
    expect(await read(words(server.url, { retries: 2 }))).toHaveLength(3)
  })

  test('is taken up again after the time that the provider names', async () => {
    await using server = await streaming(cut(`retry: 1\n${wordA}`), whole(end))
    expect(await read(words(server.url, { retries: 1, retryDelayMs: 60_000 }))).toHaveLength(2)
  })

  test('is given up where it is refused now', async () => {
    let calls = 0
    await using server = await rawServer((_request, response) => {
      calls++
      if (calls === 1) response.writeHead(200, { 'content-type': 'text/event-stream' }).end(wordA)
      else response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":"a","message":"b","id":"1"}')
    })
    expect(await failureOf(read(words(server.url, { retries: 3 })))).toMatchObject({ status: 404 })
    expect(calls).toBe(2)
  })
})

test('nobody who listens is told as such', async () => {
  expect(await failureOf(read(words(await deadUrl())))).toBeInstanceOf(ConnectionError)
})

test('the deadline holds for the head of a stream, not for all of it', async () => {
  await using mute = await rawServer(() => undefined)
  expect(await failureOf(read(words(mute.url, { timeoutMs: 20 })))).toBeInstanceOf(TimeoutError)
  await using slow = await streaming(async (response) => {
    response.write(wordA)
    await delay(500)
    response.end(end)
  })
  expect(await read(words(slow.url, { timeoutMs: 400 }))).toHaveLength(2)
})

describe('a reader that has enough', () => {
  test('closes the connection by leaving the loop', async () => {
    await using server = await streaming(stuck(wordA + wordB))
    for await (const one of words(server.url)) {
      expect(one.id).toBe('1')
      break
    }
    await server.left[0]
  })

  test('closes the connection by aborting, and gets its own reason', async () => {
    const reason = new Error('stopped')
    const aborter = new AbortController()
    await using server = await streaming(stuck(wordA))
    const reading = (async () => {
      const events = libraryClient(server.url, { retries: 3 }).readAloud(call, { signal: aborter.signal })
      for await (const _one of events) aborter.abort(reason)
    })()
    expect(await failureOf(reading)).toBe(reason)
    await server.left[0]
    expect(server.asked).toHaveLength(1)
  })

  test('does not wait for another attempt', async () => {
    const reason = new Error('stopped')
    const aborter = new AbortController()
    await using server = await streaming(cut(wordA))
    const events = libraryClient(server.url, { retryDelayMs: 60_000 }).readAloud(call, { signal: aborter.signal })
    const reading = failureOf(read(events))
    await delay(20)
    aborter.abort(reason)
    expect(await reading).toBe(reason)
  })

  test('before it began sends nothing', async () => {
    const reason = new Error('stopped')
    await using server = await streaming(whole(end))
    const events = libraryClient(server.url).readAloud(call, { signal: AbortSignal.abort(reason) })
    expect(await failureOf(read(events))).toBe(reason)
    expect(server.asked).toHaveLength(0)
  })
})
