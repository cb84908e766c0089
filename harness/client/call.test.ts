import type { IncomingMessage, RequestListener } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { library } from '#harness/serve/example-contract.ts'
import { client } from './client.ts'
import { cookieJar } from './cookie-jar.ts'
import { ConnectionError, ContractViolation, ReplyError, TimeoutError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import { failureOf } from './testing/failure-of.ts'
import { dune, duneId, libraryClient, libraryService } from './testing/library-service.ts'
import { deadUrl, rawServer } from './testing/raw-server.ts'

const newBook = { title: 'Dune', pages: 412 }
const member: Partial<ClientOptions> = { credentials: { kind: 'bearer', token: () => 'valid' } }

/** A server that gives its answers one after the other, the last one again and again, and keeps what it was asked. */
async function answering(...answers: RequestListener[]) {
  const asked: IncomingMessage[] = []
  const server = await rawServer((request, response) => {
    asked.push(request)
    request.resume()
    answers[Math.min(asked.length, answers.length) - 1]?.(request, response)
  })
  return { asked, url: server.url, [Symbol.asyncDispose]: server[Symbol.asyncDispose] }
}

const json: (status: number, body: unknown) => RequestListener = (status, body) => (_request, response) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
const html: (status: number) => RequestListener = (status) => (_request, response) =>
  void response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>Bad\n  gateway</h1>')
const reset: RequestListener = (_request, response) => void response.destroy()
const silence: RequestListener = () => undefined

test('a call gives the body and the headers that the contract declares', async () => {
  await using service = await libraryService()
  const reply = await libraryClient(service.url, member).addBook({ body: newBook })
  expect(reply).toEqual({
    status: 201,
    body: { ...dune, title: 'Dune for Ann' },
    headers: { location: `/books/${duneId}` },
  })
})

test('path parameters, query lists, texts and bytes arrive as the contract has them', async () => {
  await using service = await libraryService()
  const books = libraryClient(service.url)
  expect((await books.listBooks({ query: { page: 3, tag: ['new', 'thick'], lent: true } })).body.page).toBe(3)
  expect((await books.readme()).body).toBe('Read me.')
  expect((await books.dropBook({ params: { id: duneId } })).body).toBeUndefined()
  const cover = new Blob([new Uint8Array(7)], { type: 'image/png' })
  expect((await books.putCover({ params: { id: duneId }, body: cover })).body.size).toBe(7)
})

test('bytes of no type of their own are sent as just that', async () => {
  await using service = await libraryService()
  const sent = libraryClient(service.url).putCover({ params: { id: duneId }, body: new Uint8Array(7) })
  expect(await failureOf(sent)).toMatchObject({ status: 415, problem: { code: 'unsupported_media_type' } })
})

test('a refusal is an error with status, code, body and request id', async () => {
  await using service = await libraryService()
  const unknown = '00000000-0000-4000-8000-000000000000'
  const books = libraryClient(service.url, { newRequestId: () => 'req-7' })
  const failure = await failureOf(books.getBook({ params: { id: unknown } }))
  expect(failure).toBeInstanceOf(ReplyError)
  expect(failure).toMatchObject({
    status: 404,
    problem: { code: 'no_book' },
    body: { id: 'req-7' },
    requestId: 'req-7',
    url: `${service.url}/books/${unknown}`,
    message: 'getBook (GET /books/{id}): answered 404 no_book: There is no such book. (request req-7)',
  })
})

test('an error quotes the request id of the reply, which a proxy on the way may have changed', async () => {
  await using server = await answering((_request, response) => {
    response.writeHead(404, { 'content-type': 'application/json', 'x-request-id': 'proxy-1' })
    response.end(JSON.stringify({ code: 'no_book', message: 'None.', id: 'proxy-1' }))
  })
  const failure = await failureOf(libraryClient(server.url).getBook({ params: { id: duneId } }))
  expect(failure).toMatchObject({ requestId: 'proxy-1' })
})

test('an error body that lacks what nobody reads is still a refusal', async () => {
  await using server = await answering(json(404, { code: 'no_book', message: 'None.' }))
  const failure = (await failureOf(libraryClient(server.url).getBook({ params: { id: duneId } }))) as ReplyError<{
    code: string
    id: string
  }>
  expect(failure).toBeInstanceOf(ReplyError)
  expect(failure.body.code).toBe('no_book')
  expect(() => failure.body.id).toThrow('lacks $.id')
})

test('the framework may refuse any operation with a status that it does not declare', async () => {
  await using service = await libraryService()
  const failure = await failureOf(
    libraryClient(service.url, member).addBook({ body: { ...newBook, title: 'x'.repeat(1001) } }),
  )
  expect(failure).toBeInstanceOf(ReplyError)
  expect(failure).toMatchObject({ status: 413, problem: { code: 'body_too_large' } })
})

test('each call carries an id of its own, and says what it takes', async () => {
  await using server = await answering(json(200, dune))
  const books = libraryClient(server.url)
  await books.getBook({ params: { id: duneId } })
  await books.getBook({ params: { id: duneId } })
  const [first, second] = server.asked.map(({ headers }) => headers)
  expect(first?.['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(second?.['x-request-id']).not.toBe(first?.['x-request-id'])
  expect(first?.accept).toBe('application/json, */*;q=0.5')
})

test('a bearer token is asked for at each call, and left out where there is none', async () => {
  await using server = await answering(json(200, dune))
  const tokens = ['one', undefined, 'two']
  const books = libraryClient(server.url, { credentials: { kind: 'bearer', token: () => tokens.shift() } })
  for (let call = 0; call < 3; call++) await books.getBook({ params: { id: duneId } })
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer one', undefined, 'Bearer two'])
})

test('a jar keeps the cookies that a reply sets, and sends them with the next call', async () => {
  await using server = await answering((_request, response) => {
    response.setHeader('set-cookie', ['sid=valid; HttpOnly', 'theme=dark'])
    json(200, dune)(_request, response)
  })
  const books = libraryClient(server.url, { credentials: { kind: 'cookies', jar: cookieJar() } })
  await books.getBook({ params: { id: duneId } })
  await books.getBook({ params: { id: duneId } })
  expect(server.asked.map(({ headers }) => headers.cookie)).toEqual([undefined, 'sid=valid; theme=dark'])
})

test('in a browser the cookies are left to the browser', async () => {
  const seen: (RequestInit | undefined)[] = []
  const books = libraryClient('http://library.test/', {
    credentials: { kind: 'browser' },
    fetch(_input, init) {
      seen.push(init)
      return Promise.resolve(Response.json(dune))
    },
  })
  await books.getBook({ params: { id: duneId } })
  expect(seen[0]).toMatchObject({ credentials: 'include', redirect: 'manual' })
  expect(new Headers(seen[0]?.headers).has('cookie')).toBe(false)
})

describe('what the contract does not have', () => {
  test.each<[string, RequestListener, string]>([
    ['a status', json(202, dune), 'answered 202, which the contract does not have, with "{"id":'],
    ['a refusal of another type', json(404, 'gone'), '$: '],
    ['a redirect', (_, response) => void response.writeHead(302, { location: '/' }).end(), 'answered 302'],
    ['a page in place of data', html(200), 'answered 200 as text/html where the contract has application/json'],
    ['no media type', (_, response) => void response.end(JSON.stringify(dune)), 'answered 200 as no media type'],
    [
      'JSON that stops halfway',
      (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": "3f6c'),
      'a body that is no JSON',
    ],
    ['a value of another type', json(200, { ...dune, pages: 'many' }), '$.pages: '],
    ['null for a text', json(200, { ...dune, title: null }), '$.title: '],
    ['a list for an object', json(200, [dune]), '$: '],
  ])('%s is a violation', async (_what, answer, message) => {
    await using server = await answering(answer)
    const failure = await failureOf(libraryClient(server.url).getBook({ params: { id: duneId } }))
    expect(failure).toBeInstanceOf(ContractViolation)
    expect((failure as Error).message).toContain(message)
    expect(server.asked).toHaveLength(1)
  })

  test('a page in place of a text is a violation too', async () => {
    await using server = await answering(html(200))
    expect(await failureOf(libraryClient(server.url).readme())).toBeInstanceOf(ContractViolation)
  })

  test('a field or header that is missing is one as soon as it is read', async () => {
    const { pages: _pages, ...rest } = dune
    await using server = await answering(json(201, rest))
    const { body, headers } = await libraryClient(server.url).addBook({ body: newBook })
    expect(body.title).toBe('Dune')
    expect(() => body.pages).toThrow(ContractViolation)
    expect(() => headers.location).toThrow('lacks $.location')
  })
})

describe('another attempt', () => {
  test('follows where an idempotent call had no answer', async () => {
    await using server = await answering(reset, reset, json(200, dune))
    expect((await libraryClient(server.url).getBook({ params: { id: duneId } })).body).toEqual(dune)
    expect(server.asked).toHaveLength(3)
  })

  test('follows where an answer broke off in the middle', async () => {
    await using server = await answering(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
        response.write('{"id": "', () => response.destroy())
      },
      json(200, dune),
    )
    expect((await libraryClient(server.url).getBook({ params: { id: duneId } })).body).toEqual(dune)
  })

  test.each([502, 503, 504])('follows where something on the way answered %i in its own words', async (status) => {
    await using server = await answering(html(status), json(200, dune))
    expect((await libraryClient(server.url).getBook({ params: { id: duneId } })).body).toEqual(dune)
  })

  test('follows a 503 in the contract’s error shape that the operation does not declare', async () => {
    await using server = await answering(json(503, { code: 'busy', message: 'Busy.', id: '1' }), json(200, dune))
    expect((await libraryClient(server.url).getBook({ params: { id: duneId } })).body).toEqual(dune)
  })

  test('does not follow a 503 that the operation declares', async () => {
    const Health = z.object({ database: z.string() })
    const clinic = contract('clinic', {
      errors: library.errors,
      operations: { health: http.get('/health', { replies: { 200: Health, 503: Health } }) },
    })
    await using server = await answering(json(503, { database: 'unhealthy' }))
    const failure = await failureOf(client(clinic, { baseUrl: server.url, retryDelayMs: 1 }).health())
    expect(failure).toMatchObject({ status: 503, body: { database: 'unhealthy' } })
    expect(server.asked).toHaveLength(1)
  })

  test('does not follow where the call might do the thing twice', async () => {
    await using server = await answering(reset)
    const failure = await failureOf(libraryClient(server.url, member).addBook({ body: newBook }))
    expect(failure).toBeInstanceOf(ConnectionError)
    expect(server.asked).toHaveLength(1)
  })

  test('does not follow a refusal', async () => {
    await using server = await answering(json(404, { code: 'no_book', message: 'None.', id: '1' }))
    await failureOf(libraryClient(server.url).getBook({ params: { id: duneId } }))
    expect(server.asked).toHaveLength(1)
  })

  test.each([0, 2])('comes at most %i times, then the last failure is thrown', async (retries) => {
    await using server = await answering(html(502))
    const failure = await failureOf(libraryClient(server.url, { retries }).getBook({ params: { id: duneId } }))
    expect(failure).toMatchObject({ status: 502, problem: undefined })
    expect(server.asked).toHaveLength(retries + 1)
  })
})

test('nobody who listens is told as such, with the address', async () => {
  const url = await deadUrl()
  const failure = await failureOf(libraryClient(url, { retries: 0 }).getBook({ params: { id: duneId } }))
  expect(failure).toBeInstanceOf(ConnectionError)
  expect((failure as Error).message).toContain(`no whole answer from ${url}`)
})

test('a lost connection of the page’s own origin is told as such', async () => {
  const books = libraryClient('', { retries: 0, fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
  const failure = await failureOf(books.getBook({ params: { id: duneId } }))
  expect(failure).toBeInstanceOf(ConnectionError)
  expect((failure as Error).message).toContain('Failed to fetch')
})

describe('the deadline', () => {
  test('ends waiting for an answer', async () => {
    await using server = await answering(silence)
    let attempts = 0
    // Counted here: on a busy machine an attempt may be over before the server hears of it.
    const counted: typeof fetch = (input, init) => {
      attempts++
      return fetch(input, init)
    }
    const books = libraryClient(server.url, { timeoutMs: 20, retries: 1, fetch: counted })
    const failure = await failureOf(books.getBook({ params: { id: duneId } }))
    expect(failure).toBeInstanceOf(TimeoutError)
    expect((failure as Error).message).toContain('no answer within 20 ms')
    expect(attempts).toBe(2)
  })

  test('ends waiting for the rest of an answer', async () => {
    await using server = await answering((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{')
    })
    const books = libraryClient(server.url, { timeoutMs: 30, retries: 0 })
    expect(await failureOf(books.getBook({ params: { id: duneId } }))).toBeInstanceOf(TimeoutError)
  })
})

describe('a caller that gives up', () => {
  const reason = new Error('the page was left')

  test('ends a call on its way, with its own reason', async () => {
    const aborter = new AbortController()
    await using server = await answering(() => aborter.abort(reason))
    const call = libraryClient(server.url).getBook({ params: { id: duneId } }, { signal: aborter.signal })
    expect(await failureOf(call)).toBe(reason)
    expect(server.asked).toHaveLength(1)
  })

  test('ends the pause before another attempt at once', async () => {
    const aborter = new AbortController()
    await using server = await answering(reset)
    const books = libraryClient(server.url, { retryDelayMs: 60_000 })
    const call = failureOf(books.getBook({ params: { id: duneId } }, { signal: aborter.signal }))
    while (server.asked.length === 0) await pause(1)
    await pause(10)
    aborter.abort(reason)
    expect(await call).toBe(reason)
  })

  test('before it called sends nothing', async () => {
    await using server = await answering(json(200, dune))
    const call = libraryClient(server.url).getBook({ params: { id: duneId } }, { signal: AbortSignal.abort(reason) })
    expect(await failureOf(call)).toBe(reason)
    expect(server.asked).toHaveLength(0)
  })
})
