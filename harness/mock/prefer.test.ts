import { library } from '#harness/serve/example-contract.ts'
import { client } from '#harness/client/client.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { listenMock } from './listen.ts'
import type { MockOptions, StartedMock } from './mock.ts'
import { bookId, libraryPact, recorded, recordedMessages, townLibrary } from './testing/town-library.ts'

const path = `/books/${bookId}`
const words = `${path}/words`
const desk = { transport: 'ws', operation: 'desk', path: '/desk', query: {}, headers: {} }
const stream = { transport: 'sse', operation: 'readAloud', path: words, method: 'GET', query: {}, headers: {} }
const asking = { send: 'ask', data: { title: 'Dune' } }

const pacts = [
  libraryPact(
    recorded('reads a book', { path, status: 200, content: { title: 'Dune' } }),
    recorded('finds no book, as it was lent', { path, status: 404, content: { message: 'It is lent.' } }),
    recordedMessages('hears two words', { ...stream, ends: true, progressive: false }, [
      { name: 'word', items: [{ id: '1', data: { text: 'Once' } }, { data: {} }] },
      { name: 'end', items: [{ data: { words: 2 } }] },
    ]),
    recordedMessages('hears the first word', { ...stream, ends: false, progressive: false }, [
      { name: 'word', items: [{ data: { text: 'Once' } }] },
    ]),
    recordedMessages(
      'asks at the desk',
      { ...desk, steps: [asking, { receive: 'found' }, asking, { receive: 'unknown' }] },
      [
        { name: 'found', items: [{ data: { title: 'Dune' } }] },
        { name: 'unknown', items: [{ data: { title: 'Emma' } }] },
      ],
    ),
    recordedMessages('is not let to the desk', { ...desk, steps: [] }, [{ refused: 401 }]),
  ),
]

function started(options: MockOptions = {}): StartedMock {
  return townLibrary().start({ pacts, ...options })
}

async function preferring(prefer: string, url = path, instance = started()): Promise<Response> {
  return instance.service.fetch(
    new Request(`http://library.test${url}`, { headers: { prefer, 'x-request-id': 'r-1' } }),
  )
}

async function refusal(prefer: string, url = path): Promise<string> {
  const answer = await preferring(prefer, url)
  expect(answer.status).toBe(400)
  const { code, message, id } = (await answer.json()) as Record<string, string>
  expect({ code, id }).toEqual({ code: 'not_possible_on_mock', id: 'r-1' })
  return message ?? ''
}

test('a declared status is answered by an example of it, and the answer says so', async () => {
  const answer = await preferring('code=404')
  expect([answer.status, await answer.json()]).toEqual([404, { code: 'not_found', message: 'It is lent.', id: 'r-1' }])
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'preference-applied': 'code=404',
    'x-request-id': 'r-1',
    vary: expect.stringContaining('Prefer'),
  })
})

test('a declared status without an example is answered in the error shape of the contract', async () => {
  const answer = await preferring('code=422', '/books')
  expect([answer.status, await answer.json()]).toEqual([
    422,
    { code: 'unprocessable_entity', message: 'Unprocessable Entity.', id: 'r-1' },
  ])
})

test('a success without an example is made up from the schema, the same for the same seed', async () => {
  const [one, again, other] = await Promise.all(
    [7, 7, 8].map(async (seed) => (await preferring('code=200', '/books', started({ seed }))).text()),
  )
  expect(JSON.parse(one ?? '')).toMatchObject({ books: expect.any(Array), page: expect.any(Number) })
  expect(again).toBe(one)
  expect(other).not.toBe(one)
})

test.each(['example="finds no book, as it was lent"', 'example=finds-no-book-as-it-was-lent'])(
  'an example is answered by %s',
  async (prefer) => {
    const answer = await preferring(prefer)
    expect([answer.status, await answer.json()]).toMatchObject([404, { message: 'It is lent.' }])
  },
)

test('an answer that is made up leaves handlers and examples alone', async () => {
  const instance = started()
  await instance.setUp('bookExists', { id: bookId, title: 'Emma' })
  expect(await (await preferring('code=200', path, instance)).json()).toMatchObject({ title: 'Dune' })
  const { title } = (await (await preferring('dynamic=true', path, instance)).json()) as { title: string }
  expect(['Dune', 'Emma']).not.toContain(title)
  expect(await (await preferring('dynamic=false', path, instance)).json()).toMatchObject({ title: 'Emma' })
})

test('the answer needs no credential and no valid request, and the request changes nothing', async () => {
  const instance = started()
  const invalid = { method: 'POST', headers: { prefer: 'code=201' }, body: '{' }
  const answer = await instance.service.fetch(new Request('http://library.test/books', invalid))
  expect(answer.status).toBe(201)
  expect((await instance.service.fetch(new Request(`http://library.test${path}`))).status).toBe(404)
})

test('it is seen by those who are told of requests', async () => {
  const served: unknown[] = []
  const instance = started({
    onServed: (each) => served.push([each.operation, each.status, each.path, each.requestId]),
  })
  await preferring('code=404', `${path}?a=b`, instance)
  expect(served).toEqual([['getBook', 404, path, 'r-1']])
  const answer = await instance.service.fetch(new Request('http://library.test/readme'))
  expect(await answer.text()).toBe('1 calls')
})

test('preferences of others are left alone, and the first of two counts', async () => {
  const instance = started()
  await instance.setUp('bookExists', { id: bookId, title: 'Emma' })
  const answer = await preferring('respond-async, wait=100;x="a,b"', path, instance)
  expect([answer.status, answer.headers.get('preference-applied')]).toEqual([200, null])
  expect((await preferring('return=minimal, Code=404, code=200', path, instance)).status).toBe(404)
})

test.each([
  ['code=500', path, 'Prefer: code=500: getBook (GET /books/{id}) declares no such status. It has 200, 404.'],
  ['code=abc', path, 'Prefer: code=abc: it has to be a status, such as code=404.'],
  ['code', path, 'Prefer: code: it has to be a status, such as code=404.'],
  [
    'example=lent',
    path,
    'Prefer: example="lent": getBook has no such example. There is reads-a-book, finds-no-book-as-it-was-lent.',
  ],
  [
    'example=reads-a-book, code=404',
    path,
    'Prefer: example="reads-a-book": getBook has no such example with status 404. There is finds-no-book-as-it-was-lent.',
  ],
  [
    'example=reads-a-book',
    '/books',
    'Prefer: example="reads-a-book": listBooks has no such example. No pact has an example of it.',
  ],
  ['example=', path, 'Prefer: example: it has to name a recorded interaction, such as example="…".'],
  ['dynamic=1', path, 'Prefer: dynamic=1: it has to be "true" or "false".'],
  [
    'dynamic, example=a',
    path,
    'Prefer: dynamic, example=a: an example is not made up. Leave out "example" or "dynamic".',
  ],
  ['example="a', path, 'Prefer: example="a: a quotation mark is not closed. Write it like code=404, or example="…".'],
  ['=404', path, 'Prefer: =404: "=404" is not name=value. Write it like code=404, or example="…".'],
])('%s on %s is refused with what there is', async (prefer, url, message) => {
  expect(await refusal(prefer, url)).toBe(message)
})

test('a path that the contract does not have is not found as ever', async () => {
  expect((await preferring('code=404', '/magazines')).status).toBe(404)
  expect((await preferring('code=200', '/magazines')).headers.get('preference-applied')).toBeNull()
})

test.each([
  ['example=hears-two-words', ['Once', expect.any(String)]],
  ['code=200', ['Once', expect.any(String)]],
  ['dynamic', [expect.any(String)]],
])('a stream is answered by %s', async (prefer, texts) => {
  const findings: Finding[] = []
  const { service } = started({ onFinding: (finding) => findings.push(finding) })
  const api = client(library, {
    baseUrl: 'http://library.test',
    fetch: (url, init) => {
      const request = new Request(url, init)
      request.headers.set('prefer', prefer)
      return service.fetch(request)
    },
  })
  const events = await Array.fromAsync(api.readAloud({ params: { id: bookId } }))
  expect(events.flatMap(({ event, data }) => (event === 'word' ? [data.text] : []))).toEqual(texts)
  expect(events.at(-1)?.event).toBe('end')
  expect(findings).toEqual([])
})

test('a stream may be refused in place, and one that was recorded without its end stays open', async () => {
  expect((await preferring('code=404', words)).status).toBe(404)
  const instance = started()
  const answer = await preferring('example=hears-the-first-word', words, instance)
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  expect(new TextDecoder().decode((await reader.read()).value)).toContain('Once')
  const next = reader.read()
  expect(await Promise.race([next, instance.setUp('member', { name: 'Ann' }).then(() => 'still open')])).toBe(
    'still open',
  )
  await reader.cancel()
})

test('a channel speaks a recorded conversation, and may be refused in place', async () => {
  await using listening = await listenMock(townLibrary(), { pacts })
  const url = `${listening.url.replace('http', 'ws')}/desk`
  type NodeWebSocket = new (url: string, options: { headers: Record<string, string> }) => WebSocket
  const Socket = WebSocket as unknown as NodeWebSocket
  async function said(prefer: string): Promise<readonly unknown[]> {
    const socket = new Socket(url, { headers: { prefer, authorization: 'Bearer valid' } })
    const messages: unknown[] = []
    const { promise, resolve } = Promise.withResolvers<readonly unknown[]>()
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'ask', data: { title: 'Dune' } })))
    socket.addEventListener('error', () => resolve(['refused']))
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      messages.push(JSON.parse(data))
      if (messages.length === 2) resolve(messages)
      else socket.send(JSON.stringify({ type: 'ask', data: { title: 'Emma' } }))
    })
    const all = await promise
    socket.close()
    return all
  }
  expect(await said('example=asks-at-the-desk')).toEqual([
    {
      type: 'found',
      data: { id: expect.any(String), title: 'Dune', pages: expect.any(Number), lent: expect.any(Boolean) },
    },
    { type: 'unknown', data: { title: 'Emma' } },
  ])
  for (const prefer of ['code=401', 'example=is-not-let-to-the-desk', 'code=101', 'dynamic=true'])
    expect(await said(prefer)).toEqual(['refused'])
})
