import type { System } from '#harness/contract/system.ts'
import type { PactInteraction } from '#harness/pact/file/pact-file.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import { explain } from './explain.ts'
import type { Recorded } from './pact-book.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const edge = { consumer: 'reader', provider: 'library' }
const town: System = {
  name: 'town',
  components: { reader: { environment: {} }, library: { port: 1, environment: {}, contract: library } },
  edges: [edge],
  startOrder: ['library', 'reader'],
  agreements: [],
}

const recorded: readonly Recorded[] = [
  http('listBooks', 'lists books', { path: '/books', query: { page: ['1'] } }, { status: 200, list: [{ title: 'a' }] }),
  http('listBooks', 'lists the second page', { path: '/books', query: { page: ['2'] } }, { status: 200, list: [] }),
  http('listBooks', 'lists all', { path: '/books' }, { status: 200, list: [{ title: 'a' }] }),
  http('getBook', 'finds a book', { path: `/books/${id}` }, { status: 200 }),
  http(
    'addBook',
    'adds a book',
    { method: 'POST', path: '/books', body: { title: 'Dune', pages: 3 } },
    { status: 201 },
  ),
  envelope('readAloud', 'reads a book', { transport: 'sse', method: 'GET', path: `/books/${id}/words` }, [
    'word',
    'end',
  ]),
  envelope(
    'readAloud',
    'reads on',
    { transport: 'sse', method: 'GET', path: `/books/${id}/words`, headers: { 'last-event-id': '1' } },
    ['word', 'end'],
  ),
  envelope('desk', 'asks for a book', { transport: 'ws', path: '/desk', steps: [{ send: 'ask' }] }, ['found']),
  envelope('addBook', 'its pages may add', { transport: 'preflight', method: 'POST', path: '/books' }, []),
]

type Asked = Readonly<{ method?: string; path: string; query?: Record<string, string[]>; body?: unknown }>

function http(
  operation: string,
  description: string,
  { method = 'GET', path, query, body }: Asked,
  reply: { status: number; list?: unknown },
): Recorded {
  const json = (content: unknown) => ({ content, contentType: 'application/json' })
  const interaction = {
    type: 'Synchronous/HTTP',
    description,
    request: { method, path, ...(query && { query }), ...(body !== undefined && { body: json(body) }) },
    response: { status: reply.status, ...(reply.list !== undefined && { body: json({ books: reply.list }) }) },
  }
  return { consumer: 'reader', operation, interaction: interaction as PactInteraction }
}

function envelope(operation: string, description: string, content: object, came: readonly string[]): Recorded {
  const interaction = {
    type: 'Synchronous/Messages',
    description,
    request: { contents: { content: { query: {}, headers: {}, steps: [], ...content } } },
    response: [{ contents: { content: came.map((name) => ({ name, items: [] })) } }],
  }
  return { consumer: 'reader', operation, interaction: interaction as unknown as PactInteraction }
}

type Seen = Readonly<{
  method?: string
  headers?: Record<string, string>
  body?: unknown
  status?: number
  reply?: unknown
  events?: readonly string[]
  frames?: Exchange['frames']
}>

function seen(path: string, { method = 'GET', headers = {}, body, status = 200, reply, events, frames }: Seen = {}) {
  const json = { 'content-type': 'application/json' }
  const bytes = (value: unknown) => Buffer.from(value === undefined ? '' : JSON.stringify(value))
  const exchange: Exchange = {
    id: 1,
    at: 0,
    request: { id: 1, method, path, headers: { ...(body !== undefined && json), ...headers }, body: bytes(body) },
    reply: { status, headers: json, body: bytes(reply) },
    ...(events && { events: events.map((event) => ({ event, data: '' })) }),
    ...(frames && { frames }),
    durationMs: 1,
    outcome: 'answered',
  }
  const pacts = { of: () => recorded }
  const { operation, match } = explain({ system: town, pacts }, edge, exchange)
  return [operation, match]
}

function isLike(interaction: string) {
  return { kind: 'recorded', consumer: 'reader', interaction }
}

function isNear(interaction: string, ...differences: string[]) {
  return { kind: 'unrecorded', nearest: { consumer: 'reader', interaction, differences } }
}

test('a call is like what was recorded with its status and the shape of its request, other values or not', () => {
  expect(seen('/books/7d0b5a1e-40c2-4f0e-9a66-5b1c2d3e4f50')).toEqual(['getBook', isLike('finds a book')])
  expect(seen('/books', { method: 'POST', body: { title: 'Emma', pages: 9 }, status: 201 })).toEqual([
    'addBook',
    isLike('adds a book'),
  ])
})

test('of several that it is like, it is the one with the most values in common', () => {
  const reply = { books: [] }
  expect(seen('/books?page=2', { reply })).toEqual(['listBooks', isLike('lists the second page')])
  expect(seen('/books?page=1', { reply: { books: [{ title: 'x' }] } })).toEqual(['listBooks', isLike('lists books')])
  expect(seen('/books')).toEqual(['listBooks', isLike('lists all')])
})

test('where it is like none, the nearest is told, and each difference', () => {
  expect(seen('/books', { method: 'POST', body: { title: 'Emma', pages: '9', lent: true }, status: 422 })).toEqual([
    'addBook',
    isNear(
      'adds a book',
      '$.reply.status: 422, recorded with 201',
      '$.request.body.pages: a text, recorded with a number',
      '$.request.body.lent: not recorded',
    ),
  ])
  expect(seen('/books?page=1&tag=new')).toEqual([
    'listBooks',
    isNear('lists books', '$.request.query.tag: not recorded'),
  ])
  expect(seen('/books/x', { status: 204, method: 'DELETE' })).toEqual(['dropBook', { kind: 'unrecorded' }])
})

test('a stream is like one with the same events, and another one where it is taken up again', () => {
  const path = `/books/${id}/words`
  expect(seen(path, { events: ['word', 'word', 'end'] })).toEqual(['readAloud', isLike('reads a book')])
  expect(seen(path, { events: ['word', 'end'], headers: { 'last-event-id': '9' } })).toEqual([
    'readAloud',
    isLike('reads on'),
  ])
  expect(seen(path, { events: ['word'] })).toEqual(['readAloud', isNear('reads a book', '$.events.end: did not come')])
})

test('a channel is like what was recorded where all of that was said, and more', () => {
  const frame = (direction: 'to-client' | 'to-server', type: string) =>
    ({ direction, data: JSON.stringify({ type, data: {} }) }) as const
  const upgrade = { headers: { upgrade: 'websocket' }, status: 101 }
  const frames = [frame('to-server', 'ask'), frame('to-client', 'found'), frame('to-client', 'unknown')]
  expect(seen('/desk', { ...upgrade, frames })).toEqual(['desk', isLike('asks for a book')])
  expect(seen('/desk', { ...upgrade, frames: frames.slice(0, 1) })).toEqual([
    'desk',
    isNear('asks for a book', '$.messages.found: did not come'),
  ])
})

test('a preflight belongs to the operation that it asks for', () => {
  const headers = { 'access-control-request-method': 'POST', origin: 'http://app.test' }
  expect(seen('/books', { method: 'OPTIONS', headers, status: 204 })).toEqual(['addBook', isLike('its pages may add')])
})

test('a reply that the operation does not declare is not in the contract', () => {
  expect(seen(`/books/${id}`, { status: 503 })).toEqual([
    'getBook',
    {
      kind: 'undeclared',
      nearest: {
        operation: 'getBook',
        signature: 'GET /books/{id}',
        differences: ['$.reply.status: 503, declared are 200, 404'],
      },
    },
  ])
})

test.each([
  ['GET', '/book', 'listBooks', ['path: /book, not /books']],
  ['PATCH', `/books/${id}`, 'getBook', [`method: PATCH, not GET`]],
  ['PUT', `/books/${id}/covers`, 'putCover', [`path: /books/${id}/covers, not /books/{id}/cover`]],
  ['GET', '/books/', 'listBooks', ['path: /books/, not /books']],
])('%s %s is no operation: nearest is %s', (method, path, operation, differences) => {
  expect(seen(path, { method, status: 404 })).toMatchObject([
    undefined,
    { kind: 'undeclared', nearest: { operation, differences } },
  ])
})

test('what has nothing in common with any operation is near to none', () => {
  expect(seen('/', { status: 404 })).toEqual([undefined, { kind: 'undeclared' }])
})
