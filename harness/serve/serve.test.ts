import type { Finding } from '#harness/contract/finding.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { library } from './example-contract.ts'
import type { Handlers } from './handlers.ts'
import { serve } from './serve.ts'
import type { Service } from './service.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const book = { id, title: 'Dune', pages: 412, lent: false }

type Member = { name: string }

const handlers: Handlers<OperationsOf<typeof library>, Member> = {
  addBook: ({ body, principal }) =>
    reply(201, { id, ...body, title: `${body.title} for ${principal.name}` }, { location: `/books/${id}` }),
  getBook({ params }) {
    if (params.id !== id) throw new Refusal(404, 'no_book', { message: 'There is no such book.' })
    return reply(200, book)
  },
  listBooks: ({ query }) => reply(200, { books: [], page: query.page }),
  dropBook: () => reply(204),
  putCover: ({ body }) => reply(200, { size: body.byteLength }),
  readme: () => reply(200, 'Read me.'),
  async *readAloud({ lastEventId }) {
    for (const [index, text] of ['a', 'b', 'c'].entries()) {
      if (index >= Number(lastEventId ?? 0)) yield event('word', { text }, String(index + 1))
    }
    yield event('end', { words: 3 })
  },
  async desk(channel) {
    for await (const { data } of channel) {
      channel.send(data.title === 'Dune' ? { type: 'found', data: book } : { type: 'unknown', data })
    }
  },
}

function service(changes: Partial<typeof handlers> = {}, findings: Finding[] = []): Service {
  return serve<typeof library, Member>(
    library,
    { ...handlers, ...changes },
    {
      authenticate: ({ value }) => (value === 'valid' ? { name: 'Ann' } : undefined),
      allowedOrigins: ['http://app.test'],
      onFinding: (finding) => findings.push(finding),
    },
  )
}

function request(path: string, init: RequestInit & { json?: unknown } = {}): Request {
  const { json, ...rest } = init
  const headers = new Headers(rest.headers)
  if (json !== undefined) headers.set('content-type', 'application/json')
  return new Request(`http://library.test${path}`, {
    ...rest,
    headers,
    ...(json !== undefined && { body: JSON.stringify(json) }),
  })
}

const newBook = { title: 'Dune', pages: 412 }
const signedIn = { cookie: 'theme=dark; sid=valid' }

test('a handler gets what the contract says and its reply goes out, defaults applied', async () => {
  const response = await service().fetch(request('/books', { method: 'POST', json: newBook, headers: signedIn }))
  expect(response.status).toBe(201)
  expect(response.headers.get('location')).toBe(`/books/${id}`)
  expect(await response.json()).toEqual({ ...book, title: 'Dune for Ann' })
})

test('query text becomes numbers, booleans and lists, and defaults fill what is absent', async () => {
  const seen: unknown[] = []
  const spy = service({
    listBooks({ query }) {
      seen.push(query)
      return reply(200, { books: [], page: query.page })
    },
  })
  await spy.fetch(request('/books?page=3&tag=new&tag=thick&lent=true'))
  await spy.fetch(request('/books'))
  expect(seen).toEqual([{ page: 3, tag: ['new', 'thick'], lent: true }, { page: 1 }])
})

test.each([
  ['an unknown path', request('/nowhere'), 404, { code: 'not_found' }],
  ['a wrong method', request(`/books/${id}`, { method: 'POST', json: {} }), 405, { code: 'method_not_allowed' }],
  ['no credential', request('/books', { method: 'POST', json: newBook }), 401, { code: 'unauthorized' }],
  [
    'a credential that nobody has',
    request('/books', { method: 'POST', json: newBook, headers: { authorization: 'Bearer other' } }),
    401,
    { code: 'unauthorized' },
  ],
  [
    'a wrong scheme word',
    request('/books', { method: 'POST', json: newBook, headers: { authorization: 'Token valid' } }),
    401,
    { code: 'unauthorized' },
  ],
  [
    'another media type',
    request('/books', { method: 'POST', body: 'x', headers: signedIn }),
    415,
    { code: 'unsupported_media_type' },
  ],
  [
    'malformed JSON',
    request('/books', { method: 'POST', body: '{', headers: { ...signedIn, 'content-type': 'application/json' } }),
    400,
    { code: 'malformed_json' },
  ],
  [
    'a body over the limit',
    request('/books', { method: 'POST', json: { ...newBook, title: 'x'.repeat(1001) }, headers: signedIn }),
    413,
    { code: 'body_too_large' },
  ],
  [
    'fields that are not valid',
    request('/books', { method: 'POST', json: { title: '' }, headers: signedIn }),
    422,
    { fields: ['body.title', 'body.pages'] },
  ],
  ['a parameter that is not valid', request('/books/42'), 422, { fields: ['path.id'] }],
  ['a query that is not valid', request('/books?page=zero'), 422, { fields: ['query.page'] }],
  ['a channel asked for without upgrade', request('/desk'), 426, { code: 'upgrade_required' }],
] as const)('%s is refused in the error shape of the contract', async (_what, sent, status, body) => {
  const response = await service().fetch(sent)
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ ...body, id: response.headers.get('x-request-id') })
})

test('a 405 names the methods that the resource takes', async () => {
  const response = await service().fetch(request(`/books/${id}`, { method: 'PUT' }))
  expect(response.headers.get('allow')?.split(', ').toSorted()).toEqual(['DELETE', 'GET'])
})

test('a body that is streamed without a length is cut off at the limit', async () => {
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(64)) })
  const response = await service().fetch(
    request(`/books/${id}/cover`, {
      method: 'PUT',
      body: endless,
      headers: { 'content-type': 'image/png' },
      duplex: 'half',
    } as RequestInit),
  )
  expect(response.status).toBe(413)
})

test('the request id comes back, and a request without a decent one gets one', async () => {
  const given = await service().fetch(request('/readme', { headers: { 'x-request-id': 'req-1' } }))
  expect(given.headers.get('x-request-id')).toBe('req-1')
  const made = await service().fetch(request('/readme', { headers: { 'x-request-id': 'a b\tc' } }))
  expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test.each([
  ['a field is missing', { getBook: () => reply(200, { id, title: 'Dune' } as typeof book) }, '$.body.pages'],
  ['the status is not declared', { getBook: () => ({ status: 202 }) as never }, '$.status'],
  [
    'a refusal has a status that is not declared',
    {
      dropBook() {
        throw new Refusal(409, 'lent', { message: 'It is lent.' })
      },
    },
    '$.status',
  ],
  ['a body comes where none is', { dropBook: () => ({ status: 204, body: {} }) as never }, '$.body'],
])('a reply outside the contract is a 500 with a finding: %s', async (_what, changes, path) => {
  const findings: Finding[] = []
  const method = 'dropBook' in changes ? 'DELETE' : 'GET'
  const response = await service(changes, findings).fetch(request(`/books/${id}`, { method }))
  expect(response.status).toBe(500)
  expect(await response.json()).toMatchObject({ code: 'internal_error' })
  expect(findings).toMatchObject([{ code: 'reply-outside-contract', path }])
})

test('a handler that throws is a 500 that says nothing of the reason to the caller', async () => {
  const findings: Finding[] = []
  const failing = service(
    {
      readme: () => {
        throw new Error('disk on fire')
      },
    },
    findings,
  )
  const response = await failing.fetch(request('/readme'))
  expect(response.status).toBe(500)
  expect(await response.text()).not.toContain('fire')
  expect(findings).toMatchObject([{ code: 'handler-failed', message: expect.stringContaining('disk on fire') }])
})

test('fields beyond the contract do not leave the component', async () => {
  const leaking = service({ getBook: () => reply(200, { ...book, password_hash: 'x' }) })
  expect(await (await leaking.fetch(request(`/books/${id}`))).json()).toEqual(book)
})

test('a stream sends named events with ids as they are yielded', async () => {
  const response = await service().fetch(request(`/books/${id}/words`, { headers: { 'last-event-id': '1' } }))
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(await response.text()).toBe(
    'id: 2\nevent: word\ndata: {"text":"b"}\n\nid: 3\nevent: word\ndata: {"text":"c"}\n\nevent: end\ndata: {"words":3}\n\n',
  )
})

test.each([
  ['an event that is not declared', [{ event: 'noise', data: {} }]],
  ['data that is not valid', [{ event: 'word', data: { text: 1 } }]],
  ['an event after the terminal one', [event('end', { words: 0 }), event('word', { text: 'late' })]],
  ['an end before the terminal event', [event('word', { text: 'a' })]],
])('a stream outside the contract breaks the connection with a finding: %s', async (_what, events) => {
  const findings: Finding[] = []
  const broken = service(
    {
      async *readAloud() {
        yield* events as never[]
      },
    },
    findings,
  )
  const response = await broken.fetch(request(`/books/${id}/words`))
  await expect(response.text()).rejects.toThrow(/outside|declared|allows|wants|expected/i)
  expect(findings).toMatchObject([{ code: 'event-outside-contract' }])
})

test('a caller that goes away ends the generator', async () => {
  let ended = false
  const slow = service({
    async *readAloud({ signal }) {
      try {
        yield event('word', { text: 'a' })
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
      } finally {
        ended = true
      }
    },
  })
  const aborter = new AbortController()
  const response = await slow.fetch(request(`/books/${id}/words`, { signal: aborter.signal }))
  const reader = (response.body as ReadableStream).getReader()
  await reader.read()
  aborter.abort()
  await reader.cancel()
  expect(ended).toBe(true)
})

test('a slow reader holds the generator back', async () => {
  let yielded = 0
  const fast = service({
    async *readAloud() {
      for (; yielded < 10_000; yielded++) yield event('word', { text: 'a' })
      yield event('end', { words: yielded })
    },
  })
  const response = await fast.fetch(request(`/books/${id}/words`))
  const reader = (response.body as ReadableStream).getReader()
  for (let read = 0; read < 100; read++) await reader.read()
  expect(yielded).toBeLessThan(200)
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read())
    text = new TextDecoder().decode(part.value as Uint8Array)
  expect(text).toContain('"words":10000')
})

test('a preflight of an allowed origin names methods and headers, another origin gets neither', async () => {
  const asked = (origin: string) =>
    service().fetch(
      request(`/books/${id}`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'DELETE' } }),
    )
  const allowed = await asked('http://app.test')
  expect(allowed.status).toBe(204)
  expect(Object.fromEntries(allowed.headers)).toMatchObject({
    'access-control-allow-origin': 'http://app.test',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, DELETE',
    'access-control-allow-headers': 'x-request-id, content-type',
  })
  expect((await asked('http://evil.test')).headers.get('access-control-allow-origin')).toBeNull()
})

test('a missing handler is an error of the program, not of a request', () => {
  const { readme: _left, ...rest } = handlers
  expect(() => serve(library, rest as typeof handlers)).toThrow('operation "readme" has no handler. Write one.')
})
