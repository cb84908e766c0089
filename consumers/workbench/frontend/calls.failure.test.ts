import nock from 'nock'
import { setTimeout as pause } from 'node:timers/promises'
import { ConnectionError, ContractViolation, ReplyError, TimeoutError } from '#harness/client/errors.ts'
import type { ClientOptions } from '#harness/client/options.ts'
import { createApi, type Api } from './api.ts'
import { conversationId, time, userId } from './testing/examples.ts'

const origin = 'http://backend.test'
const ann = { id: userId, email: 'ann@example.com' }
const conversation = { id: conversationId, title: 'Plans', model: 'gpt-4', created_at: time, updated_at: time }
const badGateway = '<html><h1>502 Bad Gateway</h1></html>'
const asHtml = { 'content-type': 'text/html' }

/** An answer that never comes. One that comes after the caller has gone (nock's `delay`) crashes Node's fetch. */
const never = (): Promise<never> => new Promise(() => undefined)

function api(options: Partial<ClientOptions> = {}): Api {
  return createApi({ baseUrl: origin, retryDelayMs: 1, timeoutMs: 1000, ...options })
}

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.restore())

describe('no answer', () => {
  test('is a time-out after the time given', async () => {
    nock(origin).get('/api/auth/me').reply(never)
    const asking = api({ timeoutMs: 30, retries: 0 }).whoAmI()
    await expect(asking).rejects.toThrow(TimeoutError)
    await expect(asking).rejects.toThrow('whoAmI (GET /api/auth/me): no answer within 30 ms')
  })

  test('is asked for again where that does no harm', async () => {
    nock(origin).get('/api/auth/me').reply(never)
    nock(origin).get('/api/auth/me').reply(200, ann)
    expect(await api({ timeoutMs: 400 }).whoAmI()).toEqual(ann)
  })
})

describe('a connection that is reset', () => {
  const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })

  test('is tried again with calls that may be repeated', async () => {
    nock(origin).get(`/api/conversations/${conversationId}`).twice().replyWithError(reset)
    nock(origin).get(`/api/conversations/${conversationId}`).reply(200, conversation)
    expect(await api().conversations.open(conversationId)).toMatchObject({ title: 'Plans' })
    expect(nock.isDone()).toBe(true)
  })

  test('is told after the last attempt', async () => {
    nock(origin).get('/api/auth/me').times(4).replyWithError(reset)
    await expect(api({ retries: 3 }).whoAmI()).rejects.toThrow(ConnectionError)
    expect(nock.isDone()).toBe(true)
  })

  test.each<[string, string, (page: Api) => Promise<unknown>]>([
    ['POST', '/api/conversations', (page) => page.conversations.create({ title: 'Plans', model: 'gpt-4' })],
    ['PATCH', `/api/conversations/${conversationId}`, (page) => page.conversations.rename(conversationId, 'Plans')],
    ['POST', '/api/files?name=a.txt', (page) => page.uploadFile(new File(['a'], 'a.txt', { type: 'text/plain' }))],
  ])('is told at once where %s %s might do the thing twice', async (method, path, call) => {
    nock(origin).intercept(path, method).twice().replyWithError(reset)
    await expect(call(api())).rejects.toThrow(ConnectionError)
    expect(nock.pendingMocks()).toHaveLength(1)
  })
})

describe('503', () => {
  test('is tried again, and the answer that comes then counts', async () => {
    nock(origin).delete(`/api/conversations/${conversationId}`).reply(503, badGateway, asHtml)
    nock(origin).delete(`/api/conversations/${conversationId}`).reply(204)
    await expect(api().conversations.remove(conversationId)).resolves.toBeUndefined()
    expect(nock.isDone()).toBe(true)
  })

  test('is tried again only after a while', async () => {
    nock(origin).get('/api/auth/me').twice().reply(503, badGateway, asHtml)
    const aborter = new AbortController()
    const asking = api({ retryDelayMs: 60_000 }).whoAmI({ signal: aborter.signal })
    await pause(50)
    expect(nock.pendingMocks()).toHaveLength(1)
    aborter.abort(new Error('left'))
    await expect(asking).rejects.toThrow('left')
  })

  test('is told at once where a call might do the thing twice', async () => {
    nock(origin).post('/api/auth/sign-in').twice().reply(503, badGateway, asHtml)
    await expect(api().signIn('ann@example.com', 'placeholder-1')).rejects.toMatchObject({ status: 503 })
    expect(nock.pendingMocks()).toHaveLength(1)
  })

  test('of the health check is its answer, and not tried again', async () => {
    const health = { database: 'unhealthy', cache: 'healthy', storage: 'healthy' }
    nock(origin).get('/health').twice().reply(503, health)
    expect(await api().health()).toEqual(health)
    expect(nock.pendingMocks()).toHaveLength(1)
  })
})

describe('an answer that is garbage is never taken for data', () => {
  test.each<[string, [string, Record<string, string>], string]>([
    ['a page', ['<html></html>', asHtml], 'answered 200 as text/html where the contract has application/json'],
    ['JSON that stops halfway', ['{"id":"d5c9', { 'content-type': 'application/json' }], 'a body that is no JSON'],
    ['nothing at all', ['', { 'content-type': 'application/json' }], 'a body that is no JSON'],
    ['values of other types', [JSON.stringify({ ...ann, id: 7 }), { 'content-type': 'application/json' }], '$.id: '],
    ['null', ['null', { 'content-type': 'application/json' }], '$: '],
  ])('%s', async (_what, [body, headers], message) => {
    nock(origin).get('/api/auth/me').twice().reply(200, body, headers)
    const asking = api().whoAmI()
    await expect(asking).rejects.toThrow(ContractViolation)
    await expect(asking).rejects.toThrow(message)
    expect(nock.pendingMocks()).toHaveLength(1)
  })

  test.each([
    ['without a media type', {}, JSON.stringify({ user: ann })],
    ['of nothing', { 'content-type': 'application/json' }, '{}'],
    ['without a user', { 'content-type': 'application/json' }, '{"user":{}}'],
  ])('a reply %s signs nobody in', async (_what, headers, body) => {
    nock(origin).post('/api/auth/sign-in').reply(200, body, headers)
    await expect(api().signIn('ann@example.com', 'placeholder-1')).rejects.toThrow(ContractViolation)
  })

  test('an envelope around the list', async () => {
    const page = { data: [conversation], pagination: { page: 1, per_page: 20, total_items: 1, total_pages: 1 } }
    nock(origin).get('/api/conversations?page=1&per_page=20').reply(200, { success: true, data: page })
    await expect(api().conversations.list()).rejects.toThrow('$.data: ')
  })

  test('a success that should have been a creation', async () => {
    nock(origin).post('/api/conversations').reply(200, conversation)
    const creating = api().conversations.create({ title: 'Plans', model: 'gpt-4' })
    await expect(creating).rejects.toThrow('answered 200, which the contract does not have')
  })

  test('a page that the status says is an error', async () => {
    nock(origin).get('/api/auth/me').reply(500, '<html>Oops</html>', asHtml)
    await expect(api().whoAmI()).rejects.toThrow('answered 500, which the contract does not have, with "<html>Oops')
  })

  test('a refusal in the words of somebody else does not count as "nobody is signed in"', async () => {
    nock(origin).get('/api/auth/me').reply(401, { error: 'Unauthorized' })
    await expect(api().whoAmI()).rejects.toThrow(ContractViolation)
  })
})

describe('a page that is left', () => {
  test('ends its calls, with its own reason', async () => {
    const reason = new Error('the page was left')
    const aborter = new AbortController()
    nock(origin).get('/api/conversations?page=1&per_page=20').reply(never)
    const listing = api().conversations.list({}, { signal: aborter.signal })
    aborter.abort(reason)
    await expect(listing).rejects.toBe(reason)
  })
})

describe('the request id', () => {
  test('goes with every attempt, and the error quotes the last one', async () => {
    const seen: string[] = []
    nock(origin)
      .get('/api/auth/me')
      .twice()
      .reply((request: Request) => {
        seen.push(String(request.headers.get('x-request-id')))
        return [502, badGateway, asHtml]
      })
    let count = 0
    const asking = api({ retries: 1, newRequestId: () => `call-${++count}` }).whoAmI()
    await expect(asking).rejects.toThrow('(request call-2)')
    expect(seen).toEqual(['call-1', 'call-2'])
  })

  test('that the backend answers with is the one to report', async () => {
    const error = {
      code: 'internal_error',
      message: 'Quote the request id.',
      request_id: 'from-backend',
      timestamp: time,
    }
    nock(origin).get('/api/auth/me').reply(500, { error }, { 'x-request-id': 'from-backend' })
    const failure: unknown = await api()
      .whoAmI()
      .catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(ReplyError)
    expect(failure).toMatchObject({ requestId: 'from-backend', problem: { code: 'internal_error' } })
  })
})
