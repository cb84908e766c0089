import fc from 'fast-check'
import { z } from 'zod'
import { client, type Client } from '#harness/client/client.ts'
import { contract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { sse } from '#harness/contract/operation.ts'
import type { HttpPactInteraction, PactFile } from '#harness/pact/file/pact-file.ts'
import { library } from '#harness/serve/example-contract.ts'
import { listenMock } from './listen.ts'
import { mock, type MockOptions, type StartedMock } from './mock.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const otherId = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'

/** A mock without a single handler. */
function unhandled(options: MockOptions = {}): StartedMock {
  return mock(library, {
    memory: () => ({}),
    handlers: () => ({}),
    states: () => ({ bookExists: () => undefined, member: () => ({ token: 'valid' }) }),
    authenticate: (): object => ({}),
  }).start(options)
}

function callerOf({ service }: StartedMock): Client<typeof library> {
  return client(library, {
    baseUrl: 'http://library.test',
    credentials: { kind: 'bearer', token: () => 'valid' },
    fetch: (url, init) => service.fetch(new Request(url, init)),
    newRequestId: () => 'request-1',
  })
}

type Recorded = {
  method?: string
  path: string
  query?: Record<string, string[]>
  status: number
  headers?: Record<string, string[]>
  body?: HttpPactInteraction['response']['body']
}

/** A pact file as it is recorded, with just what is of interest. */
function pactOf(...recorded: readonly Recorded[]): PactFile {
  return {
    consumer: { name: 'reader' },
    provider: { name: 'library' },
    interactions: recorded.map(({ method = 'GET', path, query, status, headers, body }, index) => ({
      type: 'Synchronous/HTTP' as const,
      description: `interaction ${index}`,
      request: { method, path, ...(query && { query }) },
      response: { status, ...(headers && { headers }), ...(body !== undefined && { body }) },
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  }
}

function json(content: unknown): Recorded['body'] {
  return { content, contentType: 'application/json', encoded: false }
}

function withPact(...recorded: readonly Recorded[]): Client<typeof library> {
  return callerOf(unhandled({ pacts: [pactOf(...recorded)] }))
}

test('a recorded example answers, and the schema fills the fields that its consumer does not read', async () => {
  const api = withPact({ path: `/books/${id}`, status: 200, body: json({ id, title: 'Dune' }) })
  const { body } = await api.getBook({ params: { id } })
  expect(body).toEqual({ id, title: 'Dune', pages: expect.any(Number), lent: expect.any(Boolean) })
})

test('each element of a recorded list is filled up', async () => {
  const api = withPact({ path: '/books', status: 200, body: json({ books: [{ title: 'Dune' }, { title: 'Emma' }] }) })
  const { body } = await api.listBooks()
  expect(body.books).toMatchObject([{ title: 'Dune', pages: expect.any(Number) }, { title: 'Emma' }])
})

test('an empty list that was recorded stays empty', async () => {
  const api = withPact({ path: '/books', status: 200, body: json({ books: [] }) })
  expect((await api.listBooks()).body.books).toEqual([])
})

test('of several examples the one with the same path answers', async () => {
  const api = withPact(
    { path: `/books/${id}`, status: 200, body: json({ title: 'Dune' }) },
    { path: `/books/${otherId}`, status: 404, body: json({ code: 'no_book' }) },
  )
  expect((await api.getBook({ params: { id } })).body.title).toBe('Dune')
  await expect(api.getBook({ params: { id: otherId } })).rejects.toMatchObject({
    status: 404,
    body: { code: 'no_book' },
  })
})

test('of several examples the one with the same query answers, and none that was asked for something else', async () => {
  const api = withPact(
    { path: '/books', query: { page: ['2'] }, status: 200, body: json({ page: 2 }) },
    { path: '/books', status: 200, body: json({ page: 1 }) },
  )
  expect((await api.listBooks({ query: { page: 2 } })).body.page).toBe(2)
  expect((await api.listBooks()).body.page).toBe(1)
  expect((await api.listBooks({ query: { page: 3 } })).body.page).toBe(1)
})

test('a success answers where a refusal was recorded for a request just as alike', async () => {
  const api = withPact(
    { path: '/books', status: 422, body: json({ code: 'validation_error' }) },
    { path: '/books', status: 200, body: json({ page: 7 }) },
  )
  expect((await api.listBooks()).body.page).toBe(7)
})

test('headers that were recorded are answered too', async () => {
  const api = withPact({ method: 'POST', path: '/books', status: 201, headers: { location: [`/books/${id}`] } })
  const { headers } = await api.addBook({ body: { title: 'Dune', pages: 412 } })
  expect(headers.location).toBe(`/books/${id}`)
})

test.each([
  ['as it is', { content: 'Read me.', contentType: 'text/plain', encoded: false }],
  ['as base64', { content: btoa('Read me.'), contentType: 'text/plain', encoded: 'base64' }],
])('text that was recorded is answered, kept %s', async (_how, body) => {
  expect((await withPact({ path: '/readme', status: 200, body }).readme()).body).toBe('Read me.')
})

test('a recorded answer of the framework, which the operation does not declare, is no example of it', async () => {
  const findings: Finding[] = []
  const pacts = [pactOf({ method: 'POST', path: '/books', status: 400, body: json({ code: 'malformed_json' }) })]
  const api = callerOf(unhandled({ pacts, onFinding: (finding) => findings.push(finding) }))
  expect((await api.addBook({ body: { title: 'Dune', pages: 412 } })).status).toBe(201)
  expect(findings).toEqual([])
})

test('the same seed gives the same bytes, another seed gives others', async () => {
  async function bytesFor(seed: number): Promise<string> {
    const { service } = unhandled({ seed })
    const answer = await service.fetch(new Request('http://library.test/books'))
    const stream = await service.fetch(new Request(`http://library.test/books/${id}/words`))
    return (await answer.text()) + (await stream.text())
  }
  expect(await bytesFor(7)).toBe(await bytesFor(7))
  expect(await bytesFor(7)).not.toBe(await bytesFor(8))
})

test('without an example, every answer is valid by the contract, whatever the seed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const findings: Finding[] = []
      const api = callerOf(unhandled({ seed, onFinding: (finding) => findings.push(finding) }))
      const statuses = [
        await api.addBook({ body: { title: 'Dune', pages: 412 } }),
        await api.getBook({ params: { id } }),
        await api.listBooks({ query: { tag: ['new'] } }),
        await api.dropBook({ params: { id } }),
        await api.putCover({ params: { id }, body: new Blob(['x'], { type: 'image/png' }) }),
        await api.readme(),
      ].map(({ status }) => status)
      expect(statuses).toEqual([201, 200, 200, 204, 200, 200])
      for await (const { event } of api.readAloud({ params: { id } })) expect(['word', 'end']).toContain(event)
      expect(findings).toEqual([])
    }),
    { numRuns: 50 },
  )
})

test.each([
  ['token* (done | error)', ['token', 'done']],
  ['start token+ usage? done', ['start', 'token', 'usage', 'done']],
  ['(token | usage)*', ['token', 'usage']],
  ['done token done* token', ['done', 'token', 'token']],
])('a stream in the order "%s" has each event that may come, and ends', async (order, expected) => {
  const event = z.object({ text: z.string() })
  const events = { token: event, done: event, error: event, start: event, usage: event }
  const streams = contract('streams', {
    errors: library.errors,
    operations: { stream: sse.get('/stream', { events, order }) },
  })
  const { service } = mock(streams, { memory: () => ({}), handlers: () => ({}), states: () => ({}) }).start()
  const answer = await service.fetch(new Request('http://streams.test/stream'))
  const names = (await answer.text()).matchAll(/^event: (.+)$/gm).map(([, name]) => name)
  expect([...names]).toEqual(expected)
})

test('a channel takes every message of the contract, and stays open until the client closes it', async () => {
  const findings: Finding[] = []
  await using started = await listenMock(
    mock(library, {
      memory: () => ({}),
      handlers: () => ({}),
      states: () => ({ bookExists: () => undefined, member: () => ({ token: 'valid' }) }),
      authenticate: (): object => ({}),
    }),
    { onFinding: (finding) => findings.push(finding) },
  )
  const api = client(library, { baseUrl: started.url, credentials: { kind: 'bearer', token: () => 'valid' } })
  const channel = await api.desk()
  channel.send({ type: 'ask', data: { title: 'Dune' } })
  await channel.close()
  for await (const message of channel) throw new Error(`unexpected: ${message.type}`)
  expect(findings).toEqual([])
})
