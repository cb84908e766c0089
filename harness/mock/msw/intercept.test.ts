import { client, type Client } from '#harness/client/client.ts'
import { cookieJar } from '#harness/client/cookie-jar.ts'
import type { ClientCredentials } from '#harness/client/options.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import type { Service } from '#harness/serve/service.ts'
import { listenMock } from '../listen.ts'
import { mock, type Mock, type MockOptions } from '../mock.ts'
import { intercept } from './intercept.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const book = { id, title: 'Dune', pages: 412, lent: false }
const origin = 'http://library.test'

type Member = { name: string }
type LibraryHandlers = Partial<Handlers<OperationsOf<typeof library>, Member>>

const handlers: LibraryHandlers = {
  addBook: ({ body, principal }) =>
    reply(201, { ...book, ...body, title: `${body.title} for ${principal.name}` }, { location: `/books/${id}` }),
  getBook: () => reply(200, book, { 'set-cookie': 'sid=valid; Path=/; HttpOnly' }),
  putCover: ({ body }) => reply(200, { size: body.byteLength }),
  readme() {
    throw new Error('disk on fire')
  },
  async *readAloud({ lastEventId }) {
    for (const [index, text] of ['a', 'b', 'c'].entries()) {
      if (index >= Number(lastEventId ?? 0)) yield event('word', { text }, String(index + 1))
    }
    yield event('end', { words: 3 })
  },
  async desk(channel) {
    for await (const { data } of channel) channel.send({ type: 'unknown', data })
  },
}

function libraryMock(changes: LibraryHandlers = {}): Mock {
  return mock<typeof library, object, Member>(library, {
    memory: () => ({}),
    handlers: () => ({ ...handlers, ...changes }),
    states: () => ({ bookExists: () => undefined, member: () => ({ token: 'valid' }) }),
    authenticate: (_memory, { value }) => (value === 'valid' ? { name: 'Ann' } : undefined),
  })
}

function service(changes: LibraryHandlers = {}, options: MockOptions = {}): Service {
  return libraryMock(changes).start(options).service
}

function apiAt(baseUrl: string, credentials: ClientCredentials = bearer('valid')): Client<typeof library> {
  return client(library, { baseUrl, credentials, retries: 0 })
}

function bearer(token: string): ClientCredentials {
  return { kind: 'bearer', token: () => token }
}

/** What a WebSocket shows, as far as its close: `open`, messages, `close <code>`. */
async function shownBy(socket: WebSocket): Promise<readonly string[]> {
  const shown: string[] = []
  socket.addEventListener('open', () => shown.push('open'))
  socket.addEventListener('message', (message: MessageEvent<unknown>) => shown.push(String(message.data)))
  await new Promise<void>((resolve) =>
    socket.addEventListener('close', ({ code }) => {
      shown.push(`close ${code}`)
      resolve()
    }),
  )
  return shown
}

/** The complaints on the console while something runs. */
async function complaintsOf(run: () => Promise<void>): Promise<readonly unknown[]> {
  const { error } = console
  const complaints: unknown[] = []
  console.error = (complaint: unknown) => void complaints.push(complaint)
  try {
    await run()
  } finally {
    console.error = error
  }
  return complaints
}

test('requests of this process to an origin are answered by the service that stands in for it', async () => {
  await using _interception = intercept({ [origin]: service() })
  const { status, body, headers } = await apiAt(origin).addBook({ body: { title: 'Emma', pages: 474 } })
  expect({ status, body, headers }).toEqual({
    status: 201,
    body: { ...book, title: 'Emma for Ann', pages: 474 },
    headers: { location: `/books/${id}` },
  })
})

test('bodies of bytes arrive whole', async () => {
  await using _interception = intercept({ [origin]: service() })
  const cover = new Blob([new Uint8Array([0, 255, 128, 10, 13])], { type: 'image/png' })
  expect((await apiAt(origin).putCover({ params: { id }, body: cover })).body.size).toBe(5)
})

test('services for several origins do not mix, and a port belongs to the origin', async () => {
  await using _interception = intercept({
    [origin]: service(),
    'http://library.test:8080': service({ getBook: () => reply(200, { ...book, title: 'Emma' }) }),
    'https://other.test': service({ getBook: () => reply(200, { ...book, title: 'Ulysses' }) }),
  })
  const titles = ['http://library.test', 'http://library.test:8080', 'https://other.test'].map(async (baseUrl) => {
    return (await apiAt(baseUrl).getBook({ params: { id } })).body.title
  })
  expect(await Promise.all(titles)).toEqual(['Dune', 'Emma', 'Ulysses'])
})

test.each([
  ['a bearer token', bearer('valid'), 201],
  ['a bearer token that nobody has', bearer('other'), 401],
  ['a cookie', { kind: 'cookies', jar: jarWith('valid') }, 201],
  ['no credential', { kind: 'none' }, 401],
] as const)('%s is seen by the service', async (_what, credentials, status) => {
  await using _interception = intercept({ [origin]: service() })
  const answer = apiAt(origin, credentials).addBook({ body: { title: 'Emma', pages: 474 } })
  expect(
    await answer.then(
      (success) => success.status,
      (error: { status: number }) => error.status,
    ),
  ).toBe(status)
})

function jarWith(sid: string) {
  const jar = cookieJar()
  jar.set('sid', sid)
  return jar
}

test('a cookie that a reply sets reaches the client', async () => {
  await using _interception = intercept({ [origin]: service() })
  const jar = cookieJar()
  await apiAt(origin, { kind: 'cookies', jar }).getBook({ params: { id } })
  expect(jar.get('sid')).toBe('valid')
})

test('a handler that throws answers 500 with a finding', async () => {
  const findings: Finding[] = []
  await using _interception = intercept({ [origin]: service({}, { onFinding: (each) => findings.push(each) }) })
  await expect(apiAt(origin).readme()).rejects.toMatchObject({ status: 500, problem: { code: 'internal_error' } })
  expect(findings).toMatchObject([{ code: 'handler-failed' }])
})

test('a stream goes out event by event: the first is read before the last is there', async () => {
  const rest = Promise.withResolvers<void>()
  const held = service({
    async *readAloud() {
      yield event('word', { text: 'a' }, '1')
      await rest.promise
      yield event('end', { words: 1 })
    },
  })
  await using _interception = intercept({ [origin]: held })
  const seen: string[] = []
  for await (const { event: name } of apiAt(origin).readAloud({ params: { id } })) {
    seen.push(name)
    rest.resolve()
  }
  expect(seen).toEqual(['word', 'end'])
})

test('the head of a stream is there before its first event', async () => {
  const first = Promise.withResolvers<void>()
  const silent = service({
    async *readAloud() {
      await first.promise
      yield event('end', { words: 0 })
    },
  })
  await using _interception = intercept({ [origin]: silent })
  const answer = await fetch(`${origin}/books/${id}/words`)
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  first.resolve()
  expect(await answer.text()).toBe('event: end\ndata: {"words":0}\n\n')
})

test('a stream that breaks off fails its reader', async () => {
  const findings: Finding[] = []
  const broken = service(
    {
      async *readAloud() {
        yield event('word', { text: 'a' }, '1')
        throw new Error('voice lost')
      },
    },
    { onFinding: (finding) => findings.push(finding) },
  )
  await using _interception = intercept({ [origin]: broken })
  const words = Array.fromAsync(apiAt(origin).readAloud({ params: { id } }))
  await expect(words).rejects.toMatchObject({ name: 'StreamBroken' })
  expect(findings).toMatchObject([{ code: 'handler-failed' }])
})

test('a stream is taken up again after an event', async () => {
  await using _interception = intercept({ [origin]: service() })
  const answer = await fetch(`${origin}/books/${id}/words`, { headers: { 'last-event-id': '2' } })
  expect(await answer.text()).toBe('id: 3\nevent: word\ndata: {"text":"c"}\n\nevent: end\ndata: {"words":3}\n\n')
})

test('a caller that leaves a stream ends its generator', async () => {
  const ended = Promise.withResolvers<void>()
  const endless = service({
    async *readAloud({ signal }) {
      try {
        yield event('word', { text: 'a' }, '1')
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      } finally {
        ended.resolve()
      }
    },
  })
  await using _interception = intercept({ [origin]: endless })
  for await (const _event of apiAt(origin).readAloud({ params: { id } })) break
  await ended.promise
})

test('a channel carries messages both ways and closes from the client', async () => {
  const closed = Promise.withResolvers<void>()
  const desk = service({
    async desk(channel) {
      for await (const { data } of channel) channel.send({ type: 'found', data: { ...book, title: data.title } })
      closed.resolve()
    },
  })
  await using _interception = intercept({ [origin]: desk })
  const channel = await apiAt(origin).desk()
  for (const title of ['Dune', 'Emma']) channel.send({ type: 'ask', data: { title } })
  const titles: string[] = []
  for await (const message of channel) {
    titles.push(message.data.title)
    if (titles.length === 2) await channel.close()
  }
  expect(titles).toEqual(['Dune', 'Emma'])
  await closed.promise
})

test('a channel that the service closes tells the client with which code', async () => {
  const closing = service({
    async desk(channel) {
      channel.close(1008, 'closing time')
    },
  })
  await using _interception = intercept({ [origin]: closing })
  const channel = await apiAt(origin).desk()
  await expect(Array.fromAsync(channel)).rejects.toThrow('closed with 1008 closing time')
})

test('a message outside the contract closes the channel', async () => {
  await using _interception = intercept({ [origin]: service() })
  const channel = await apiAt(origin).desk()
  channel.send({ type: 'shout', data: { title: 'Dune' } } as never)
  await expect(Array.fromAsync(channel)).rejects.toThrow('closed with 1007 no such message: shout')
})

test('an upgrade that is refused never opens', async () => {
  await using _interception = intercept({ [origin]: service() })
  await expect(apiAt(origin, bearer('other')).desk()).rejects.toMatchObject({ name: 'ConnectionError' })
  expect(await shownBy(new WebSocket('ws://library.test/desk'))).toEqual(['close 4401'])
  expect(await shownBy(new WebSocket('ws://library.test/nowhere'))).toEqual(['close 4404'])
})

/** A service that takes its time for an upgrade, as one over real stores does. */
function slow(inner: Service): Service {
  return {
    ...inner,
    async upgrade(request) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return inner.upgrade(request)
    },
  }
}

test('a service may take its time: what is refused never opens, and no message is lost', async () => {
  await using _interception = intercept({ [origin]: slow(service()) })
  expect(await shownBy(new WebSocket('ws://library.test/desk'))).toEqual(['close 4401'])
  const channel = await apiAt(origin).desk()
  channel.send({ type: 'ask', data: { title: 'Dune' } })
  for await (const message of channel) {
    expect(message).toEqual({ type: 'unknown', data: { title: 'Dune' } })
    break
  }
  await channel.close()
})

test('a page’s WebSocket brings its bearer token as a subprotocol, or the cookie that a reply has set', async () => {
  const closing = service({
    async desk(channel) {
      channel.close(1000)
    },
  })
  await using _interception = intercept({ [origin]: closing })
  expect(await shownBy(new WebSocket('ws://library.test/desk', 'bearer.valid'))).toEqual(['open', 'close 1000'])
  expect(await shownBy(new WebSocket('ws://library.test/desk'))).toEqual(['close 4401'])
  await apiAt(origin).getBook({ params: { id } })
  expect(await shownBy(new WebSocket('ws://library.test/desk'))).toEqual(['open', 'close 1000'])
})

test.each(['/readme', '/logo.png'])('a request to an unknown origin fails the caller: %s', async (path) => {
  // Somebody listens there: the request must fail although it could succeed.
  await using other = await listenMock(libraryMock())
  await using _interception = intercept({ [origin]: service() })
  const complaints = await complaintsOf(async () => {
    await expect(fetch(`${other.url}${path}?key=placeholder`)).rejects.toThrow('fetch failed')
    await expect(apiAt(other.url).getBook({ params: { id } })).rejects.toMatchObject({ name: 'ConnectionError' })
  })
  expect(complaints[0]).toBe(
    `No answer for ${other.url}${path}: nothing stands in for ${other.url}. Give intercept() a service for it.`,
  )
})

test('a channel to an unknown origin never opens', async () => {
  await using other = await listenMock(libraryMock())
  await using _interception = intercept({ [origin]: service() })
  const complaints = await complaintsOf(async () => {
    await expect(apiAt(other.url).desk()).rejects.toMatchObject({ name: 'ConnectionError' })
  })
  expect(complaints).toEqual([expect.stringContaining('nothing stands in for')])
})

test('after stop the network is as before, and stopping twice is fine', async () => {
  const before = { fetch: globalThis.fetch, WebSocket: globalThis.WebSocket }
  await using other = await listenMock(libraryMock())
  const interception = intercept({ [origin]: service() })
  expect(globalThis.WebSocket).not.toBe(before.WebSocket)
  interception.stop()
  interception.stop()
  expect({ fetch: globalThis.fetch, WebSocket: globalThis.WebSocket }).toEqual(before)
  expect((await apiAt(other.url).getBook({ params: { id } })).body.title).toBe('Dune')
  await (await apiAt(other.url).desk()).close()
  await expect(fetch(`${origin}/readme`)).rejects.toThrow('fetch failed')
})

test('stopping closes the channels that are open', async () => {
  const interception = intercept({ [origin]: service() })
  const channel = await apiAt(origin).desk()
  interception.stop()
  await expect(Array.fromAsync(channel)).rejects.toThrow('closed with 1001')
})
