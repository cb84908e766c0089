import type { Finding } from '#harness/contract/finding.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { Served } from '#harness/serve/service.ts'
import { listenMock } from './listen.ts'
import { mock, type Mock, type MockOptions, type StartedMock } from './mock.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

type Book = { id: string; title: string; pages: number }
type Member = { name: string }
type Memory = { books: Map<string, Book>; members: Map<string, Member> }

const libraryMock: Mock = mock<typeof library, Memory, Member>(library, {
  memory: () => ({ books: new Map(), members: new Map() }),
  // Taken out of the memory once, as handlers of a live service take out their stores.
  handlers: ({ books }) => ({
    addBook({ body, principal }) {
      const book = { id, ...body, title: `${body.title} for ${principal.name}` }
      books.set(id, book)
      return reply(201, book, { location: `/books/${id}` })
    },
    getBook({ params }) {
      const book = books.get(params.id)
      if (!book) throw new Refusal(404, 'no_book', { message: 'There is no such book.' })
      return reply(200, book)
    },
    dropBook() {
      throw new Error('the shelf is stuck')
    },
  }),
  states: ({ books, members }) => ({
    bookExists: (book) => void books.set(book.id, { ...book, pages: 1 }),
    member({ name }) {
      members.set(`token-of-${name}`, { name })
      return { token: `token-of-${name}` }
    },
  }),
  authenticate: ({ members }, { value }) => members.get(value),
})

function get(started: StartedMock, path: string, init: RequestInit = {}): Promise<Response> {
  return started.service.fetch(new Request(`http://library.test${path}`, init))
}

async function started(options: MockOptions = {}): Promise<StartedMock> {
  const instance = libraryMock.start(options)
  await instance.setUp('bookExists', { id, title: 'Dune' })
  return instance
}

test('a state is set up by its name, and handlers see what it left in memory', async () => {
  expect(await (await get(await started(), `/books/${id}`)).json()).toMatchObject({ title: 'Dune', pages: 1 })
})

test('a state gives what it provides, so that a call can be authenticated', async () => {
  const instance = libraryMock.start()
  expect(await instance.setUp('bookExists', { id, title: 'Dune' })).toEqual({})
  const { token } = await instance.setUp('member', { name: 'Ann' })
  const sent = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${String(token)}` },
    body: JSON.stringify({ title: 'Emma', pages: 474 }),
  }
  const answer = await get(instance, '/books', sent)
  expect([answer.status, await answer.json()]).toMatchObject([201, { title: 'Emma for Ann' }])
  expect((await get(instance, '/books', { ...sent, headers: { ...sent.headers, authorization: '' } })).status).toBe(401)
})

test('each instance has a memory of its own', async () => {
  const [one, other] = [await started(), libraryMock.start()]
  expect((await get(one, `/books/${id}`)).status).toBe(200)
  expect((await get(other, `/books/${id}`)).status).toBe(404)
})

test('a reset forgets everything, also what handlers took out of the memory, and states can be set up again', async () => {
  const instance = await started()
  const { token } = await instance.setUp('member', { name: 'Ann' })
  const { service } = instance
  await instance.reset()
  expect((await get(instance, `/books/${id}`)).status).toBe(404)
  const withOldToken = { method: 'POST', headers: { cookie: `sid=${String(token)}` } }
  expect((await get(instance, '/books', withOldToken)).status).toBe(401)
  await instance.setUp('bookExists', { id, title: 'Emma' })
  const answer = await service.fetch(new Request(`http://library.test/books/${id}`))
  expect(await answer.json()).toMatchObject({ title: 'Emma' })
})

test('a state that the contract does not have is a TypeError that names it', async () => {
  await expect(libraryMock.start().setUp('bookBurnt', {})).rejects.toThrow(
    new TypeError('library has no state "bookBurnt". Declare it in the contract and in the mock.'),
  )
})

test('parameters that a state does not take are refused', async () => {
  await expect(libraryMock.start().setUp('bookExists', { id: 'first', title: 'Dune' })).rejects.toThrow(/Invalid UUID/)
})

test('a handler that throws answers 500 with a finding, and nothing of the reason goes to the caller', async () => {
  const findings: Finding[] = []
  const instance = await started({ onFinding: (finding) => findings.push(finding) })
  const answer = await get(instance, `/books/${id}`, { method: 'DELETE' })
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toContain('stuck')
  expect(findings).toMatchObject([{ code: 'handler-failed', message: expect.stringContaining('the shelf is stuck') }])
})

test('it says which operations no handler answers, and answers them all the same', async () => {
  const served: Served[] = []
  const instance = await started({ onServed: (each) => served.push(each) })
  expect(instance.unhandled).toEqual(['listBooks', 'putCover', 'readme', 'readAloud', 'desk'])
  expect((await get(instance, '/books')).status).toBe(200)
  expect(served).toMatchObject([{ operation: 'listBooks', status: 200 }])
})

test('pages of allowed origins may call', async () => {
  const instance = libraryMock.start({ allowedOrigins: ['http://app.test'] })
  const preflight = { method: 'OPTIONS', headers: { origin: 'http://app.test' } }
  const answer = await get(instance, `/books/${id}`, preflight)
  expect(answer.headers.get('access-control-allow-origin')).toBe('http://app.test')
})

test('on a port it answers from the same memory, until it is stopped', async () => {
  await using listening = await listenMock(libraryMock)
  await listening.setUp('bookExists', { id, title: 'Dune' })
  expect(await (await fetch(`${listening.url}/books/${id}`)).json()).toMatchObject({ title: 'Dune' })
  await listening.stop()
  await expect(fetch(`${listening.url}/books/${id}`)).rejects.toThrow('fetch failed')
})

test('on a port that is taken it does not start', async () => {
  await using first = await listenMock(libraryMock)
  await expect(listenMock(libraryMock, { port: first.port })).rejects.toThrow('EADDRINUSE')
})
