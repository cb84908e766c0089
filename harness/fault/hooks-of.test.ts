import { once } from 'node:events'
import { WebSocket } from 'ws'
import { ConnectionError, ContractViolation, ReplyError, StreamBroken, TimeoutError } from '#harness/client/errors.ts'
import { failureOf } from '#harness/client/testing/failure-of.ts'
import { dune, duneId, libraryClient, libraryService } from '#harness/client/testing/library-service.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { Listening } from '#harness/serve/node/host.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { RunningProxy } from '#harness/stack/proxy/types.ts'
import { fault, type Fault } from './fault.ts'
import { armFaults, hooksOf, type FaultOptions } from './hooks-of.ts'

const book = { params: { id: duneId } }

let service: Listening
let proxy: RunningProxy
beforeAll(async () => {
  service = await libraryService()
  proxy = await startProxy({ target: service.url })
})
beforeEach(() => proxy.clear())
afterAll(async () => {
  await proxy.stop()
  await service.stop()
})

function arm(faults: readonly Fault[], options: FaultOptions = {}): ReturnType<typeof armFaults> {
  const armed = armFaults(faults, library, options)
  proxy.hooks(armed.hooks)
  return armed
}

const caller = (options: Parameters<typeof libraryClient>[1] = {}) =>
  libraryClient(proxy.url, { retries: 0, retryDelayMs: 1, ...options })

async function words(options: Parameters<typeof libraryClient>[1] = {}): Promise<string[]> {
  const heard: string[] = []
  for await (const { event } of caller(options).readAloud(book)) heard.push(event)
  return heard
}

/** What comes over a channel that asks for so many books. */
async function said(asked: number): Promise<{ titles: string[]; code: number }> {
  const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/desk`, { headers: { cookie: 'sid=valid' } })
  await once(socket, 'open')
  const titles: string[] = []
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    titles.push(text.endsWith('}') ? (JSON.parse(text) as { data: { title: string } }).data.title : 'unreadable')
    if (titles.at(-1) === 'last') socket.close(1000)
  })
  const closed = once(socket, 'close')
  for (const title of [...Array.from({ length: asked }, (_, index) => `book ${index}`), 'last'])
    socket.send(JSON.stringify({ type: 'ask', data: { title } }))
  const [code] = await closed
  return { titles, code }
}

test('a status is answered in the error shape of the contract, with the request’s id, so many times', async () => {
  const armed = arm([fault.status(503, { times: 2 })])
  const failure = await failureOf(caller().getBook(book))
  expect(failure).toBeInstanceOf(ReplyError)
  const { status, problem, requestId, headers } = failure as ReplyError
  expect([status, problem?.code, headers.get('x-request-id')]).toEqual([503, 'service_unavailable', requestId])
  await failureOf(caller().getBook(book))
  expect((await caller().getBook(book)).body).toEqual(dune)
  expect(armed.acted()).toEqual([2])
})

test('what is counted is counted from each arming', async () => {
  for (const _round of [1, 2]) {
    arm([fault.status(500, { times: 1 })])
    expect(await failureOf(caller().getBook(book))).toMatchObject({ status: 500 })
    expect((await caller().getBook(book)).status).toBe(200)
  }
})

test('a client that tries again comes through', async () => {
  arm([fault.reset({ times: 1 }), fault.status(502, { times: 1 })])
  expect((await caller({ retries: 2 }).getBook(book)).body).toEqual(dune)
  expect(proxy.exchanges().map(({ outcome, reply }) => reply?.status ?? outcome)).toEqual(['reset', 502, 200])
})

test('where nobody knows the contract, a status has a body that says what it is', async () => {
  proxy.hooks(hooksOf([fault.rateLimited(30)], undefined))
  const reply = await fetch(proxy.url)
  expect([reply.status, reply.headers.get('retry-after'), await reply.json()]).toEqual([
    429,
    '30',
    { error: { code: 'too_many_requests', message: expect.stringContaining('429') } },
  ])
})

test('a page of another origin can read a refusal, and its preflight passes and is not counted', async () => {
  const armed = arm([fault.rateLimited(7, { times: 1 })])
  const origin = 'http://page.test'
  const asked = { origin, 'access-control-request-method': 'GET' }
  const preflight = await fetch(`${proxy.url}/books`, { method: 'OPTIONS', headers: asked })
  expect([preflight.status, armed.acted()]).toEqual([204, [0]])
  const { status, headers } = await fetch(`${proxy.url}/books`, { headers: { origin } })
  expect([status, headers.get('retry-after')]).toEqual([429, '7'])
  expect(headers.get('access-control-allow-origin')).toBe(origin)
  expect(headers.get('access-control-allow-credentials')).toBe('true')
  expect(headers.get('access-control-expose-headers')).toBe('x-request-id, location')
})

test('a connection breaks, and an answer never comes', async () => {
  arm([fault.reset({ times: 1 }), fault.hang({ times: 1 })])
  expect(await failureOf(caller().getBook(book))).toBeInstanceOf(ConnectionError)
  expect(await failureOf(caller({ timeoutMs: 50 }).getBook(book))).toBeInstanceOf(TimeoutError)
  expect((await caller().getBook(book)).status).toBe(200)
})

test.each([
  ['a status', fault.status(503), 'Unexpected server response: 503'],
  ['a reset', fault.reset(), 'socket hang up'],
])('%s meets a channel when it is opened', async (_what, one, message) => {
  arm([one])
  const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/desk`)
  expect(String((await once(socket, 'error'))[0])).toMatch(new RegExp(`${message}|ECONNRESET`))
})

test('latency is within its spread, differs from call to call, and is the same again for the same seed', async () => {
  const delays = (seed: number): (number | undefined)[] => {
    const { delay } = hooksOf([fault.latency(20, { spreadMs: 10, seed })], library)
    return [1, 2, 3].map((id) => delay?.({ id, method: 'GET', path: '/books', headers: {}, body: Buffer.alloc(0) }))
  }
  expect(delays(1)).toEqual(delays(1))
  expect(delays(1)).not.toEqual(delays(2))
  expect(new Set(delays(1)).size).toBe(3)
  arm([fault.latency(20, { spreadMs: 10 })])
  await caller().getBook(book)
  expect(proxy.exchanges()[0]?.durationMs).toBeGreaterThanOrEqual(19)
})

test.each([
  [0, []],
  [2, ['word', 'word']],
])('a stream is cut right after %d events', async (count, events) => {
  const armed = arm([fault.cutAfter(count)])
  const heard: string[] = []
  const listening = async (): Promise<void> => {
    for await (const { event } of caller().readAloud(book)) heard.push(event)
  }
  expect(await failureOf(listening())).toBeInstanceOf(StreamBroken)
  expect(heard).toEqual(events)
  expect(armed.acted()).toEqual([1])
})

test('a stream that is cut so many times is resumed by its client', async () => {
  arm([fault.cutAfter(1, { times: 1 })])
  // This provider always begins at its first event: so the client hears it twice.
  expect(await words({ retries: 1 })).toEqual(['word', 'word', 'word', 'end'])
})

test('a channel is cut right after so many messages', async () => {
  arm([fault.cutAfter(2)])
  expect(await said(5)).toEqual({ titles: ['book 0', 'book 1'], code: 1006 })
})

test('a slow stream takes the time that its pace says', async () => {
  const armed = arm([fault.slowTokens({ firstEventMs: 20, eventsPerSecond: 100 })])
  expect(await words()).toEqual(['word', 'word', 'end'])
  expect(proxy.exchanges()[0]?.durationMs).toBeGreaterThanOrEqual(38)
  expect(armed.acted()).toEqual([3])
})

test('a slow channel slows down what the provider says', async () => {
  const armed = arm([fault.slowTokens({ eventsPerSecond: 500 })])
  expect((await said(3)).titles).toEqual(['book 0', 'book 1', 'book 2', 'last'])
  expect(armed.acted()).toEqual([4])
})

test('jitter makes pauses differ by its share, the same each time for the same seed', () => {
  const request = { id: 1, method: 'GET', path: `/books/${duneId}/words`, headers: {}, body: Buffer.alloc(0) }
  const pauses = (jitter: number, seed: number): (number | undefined)[] => {
    const { eventDelay } = hooksOf([fault.slowTokens({ eventsPerSecond: 10, jitter, seed })], library)
    return Array.from({ length: 50 }, (_, index) => eventDelay?.({ event: 'word', data: '' }, request, index + 1))
  }
  expect(new Set(pauses(0, 1))).toEqual(new Set([100]))
  expect(pauses(0.5, 1)).toEqual(pauses(0.5, 1))
  expect(pauses(0.5, 1)).not.toEqual(pauses(0.5, 2))
  expect(pauses(0.5, 1).every((ms = 0) => ms >= 50 && ms <= 150)).toBe(true)
})

test('a malformed answer breaks off half-way: body, event and message', async () => {
  arm([fault.malformed()])
  expect(await failureOf(caller().getBook(book))).toBeInstanceOf(ContractViolation)
  expect(await failureOf(words())).toBeInstanceOf(ContractViolation)
  proxy.hooks(hooksOf([fault.malformed({ times: 1 })], library))
  const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/desk`, { headers: { cookie: 'sid=valid' } })
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'ask', data: { title: 'Dune' } }))
  const [message] = await once(socket, 'message')
  expect(String(message)).toMatch(/^\{"type":"found".*<$/)
  socket.terminate()
})

test('an answer under another media type is what it was, under another name', async () => {
  arm([fault.contentType('text/html', { times: 1 })])
  const reply = await fetch(`${proxy.url}/books/${duneId}`)
  expect([reply.headers.get('content-type'), await reply.json()]).toEqual(['text/html', dune])
  arm([fault.contentType('text/html')])
  expect(await failureOf(words())).toBeInstanceOf(ContractViolation)
})

test('messages are duplicated and lost', async () => {
  arm([fault.duplicateMessage({ every: 2 })])
  expect((await said(2)).titles).toEqual(['book 0', 'book 1', 'book 1', 'last'])
  const armed = arm([fault.dropMessage({ every: 2 })])
  expect((await said(4)).titles).toEqual(['book 0', 'book 2', 'last'])
  expect(armed.acted()).toEqual([2])
})

test('several faults compose: slow, and then refused', async () => {
  const armed = arm([fault.latency(20), fault.status(503, { times: 1 })])
  expect(await failureOf(caller().getBook(book))).toMatchObject({ status: 503 })
  expect((await caller().getBook(book)).status).toBe(200)
  expect(proxy.exchanges().every(({ durationMs }) => durationMs >= 19)).toBe(true)
  expect(armed.acted()).toEqual([2, 1])
})

test('faults on one operation leave all others alone', async () => {
  const armed = arm([fault.latency(1), fault.reset()], { operation: 'getBook' })
  expect((await caller().listBooks()).status).toBe(200)
  expect(await words()).toEqual(['word', 'word', 'end'])
  expect((await said(1)).titles).toEqual(['book 0', 'last'])
  expect(armed.acted()).toEqual([0, 0])
  expect(await failureOf(caller().getBook(book))).toBeInstanceOf(ConnectionError)
})

test.each<[string, Fault, string, string]>([
  ['an unknown operation', fault.reset(), 'getBok', 'library has no operation "getBok". Name one of addBook, getBook,'],
  ['a cut of what is no stream', fault.cutAfter(1), 'getBook', 'fault "cut" never meets getBook (GET /books/{id}).'],
  ['a lost message of a stream', fault.dropMessage(), 'readAloud', 'fault "dropMessage" never meets readAloud'],
  ['a media type of a channel', fault.contentType('a/b'), 'desk', 'fault "contentType" never meets desk (WS /desk)'],
])('%s is a mistake', (_what, one, operation, message) => {
  expect(() => hooksOf([one], library, { operation })).toThrow(message)
})

test('an operation of a contract that is not known is one too', () => {
  expect(() => hooksOf([fault.reset()], undefined, { operation: 'getBook' })).toThrow('contract is not known')
})
