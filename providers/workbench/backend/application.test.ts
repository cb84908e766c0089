import { once } from 'node:events'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { exampleApplication, type ExampleApplication } from './testing/example-application.ts'
import { relayTo, type Relay } from './testing/relay.ts'

const email = 'ann@example.com'
const password = 'placeholder-password'
const healthy = { database: 'healthy', cache: 'healthy', storage: 'healthy' }

const relays = new AsyncDisposableStack()
let database: Relay
let cache: Relay
let app: ExampleApplication
beforeAll(async () => {
  app = await exampleApplication(async (environment) => {
    database = relays.use(await relayTo(environment.DATABASE_URL!))
    cache = relays.use(await relayTo(environment.REDIS_URL!))
    return { DATABASE_URL: database.url, REDIS_URL: cache.url }
  })
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await relays.disposeAsync()
})
beforeEach(() => app.reset())

async function timed<T>(work: PromiseLike<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now()
  const value = await work
  return { value, seconds: (performance.now() - started) / 1000 }
}

/** Asks for the health until it is as expected; Jest's own deadline ends a wait in vain. */
async function recovery(): Promise<void> {
  while ((await app.http.get('/health')).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20))
}

test('health names each store', async () => {
  const reply = await app.http.get('/health')
  expect([reply.status, reply.body]).toEqual([200, healthy])
})

test.each([
  ['database', 'hang', () => database],
  ['database', 'refuse', () => database],
  ['cache', 'hang', () => cache],
  ['cache', 'refuse', () => cache],
] as const)(
  'where the connections to the %s %s, health says so within a second, other calls fail within two, and all comes back by itself',
  async (store, cut, relay) => {
    await app.given.userExists({ email, password })
    const { token } = await app.given.signedIn({ email })
    const list = () => app.http.get('/api/conversations').auth(token, { type: 'bearer' })
    const signIn = () => app.http.post('/api/auth/sign-in').send({ email, password })
    const live = () => app.http.get('/api/chat/stream').query({ conversation: crypto.randomUUID() })
    expect((await signIn()).status).toBe(200)
    relay()[cut]()
    try {
      const [health, ...others] = await Promise.all([
        timed(app.http.get('/health')),
        timed(list()),
        timed(signIn()),
        timed(live().auth(token, { type: 'bearer' })),
      ])
      expect([health.value.status, health.value.body]).toEqual([503, { ...healthy, [store]: 'unhealthy' }])
      expect(health.seconds).toBeLessThan(1.2)
      for (const { value, seconds } of others) {
        expect([value.status, value.body.error.code]).toEqual([500, 'internal_error'])
        expect(seconds).toBeLessThan(2.2)
      }
    } finally {
      relay().pass()
    }
    await recovery()
    expect((await list()).status).toBe(200)
    expect((await signIn()).status).toBe(200)
  },
)

test('connections that carry nothing any more are given up, and new ones taken', async () => {
  const { token } = await app.given.signedIn({ email })
  const id = crypto.randomUUID()
  await app.given.conversationExists({ owner: email, id, title: 'Plans' })
  const read = () => app.http.get(`/api/conversations/${id}`).auth(token, { type: 'bearer' })
  expect((await Promise.all(Array.from({ length: 10 }, read))).every((reply) => reply.status === 200)).toBe(true)
  database.strand()
  cache.strand()
  await app.http.get('/health')
  // Both connections to the cache are found out by the first check, all of those to the database by the first query.
  expect((await timed(read())).seconds).toBeLessThan(2)
  await recovery()
  expect((await Promise.all(Array.from({ length: 10 }, read))).map((reply) => reply.status)).toEqual(
    Array(10).fill(200),
  )
})

test('a stream whose cache goes away in the middle ends with an error instead of hanging', async () => {
  const { token } = await app.given.signedIn({ email })
  const id = crypto.randomUUID()
  await app.given.conversationExists({ owner: email, id, title: 'Plans' })
  await app.given.modelAnswers({ text: 'word '.repeat(300) })
  const response = await fetch(`${app.url}/api/chat/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ conversation_id: id, message: 'Hello' }),
  })
  const reader = response.body!.getReader()
  await reader.read()
  cache.refuse()
  try {
    let rest = ''
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      rest += new TextDecoder().decode(part.value)
    }
    expect(rest).toContain('event: error\ndata: {"code":"model_failed"')
  } finally {
    cache.pass()
  }
  await recovery()
})

test('a channel stays open while the cache is away, and carries tokens again after it', async () => {
  const { token } = await app.given.signedIn({ email })
  const id = crypto.randomUUID()
  await app.given.conversationExists({ owner: email, id, title: 'Plans' })
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/ws`, [`bearer.${token}`, 'workbench'])
  const types: string[] = []
  socket.on('message', (data: Buffer) => types.push((JSON.parse(data.toString('utf8')) as { type: string }).type))
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'subscribe', data: { conversation_id: id } }))
  await once(socket, 'message')
  cache.refuse()
  expect((await app.http.get('/health')).body.cache).toBe('unhealthy')
  cache.pass()
  await recovery()
  await app.http.post('/api/chat/stream').auth(token, { type: 'bearer' }).send({ conversation_id: id, message: 'Hi' })
  while (!types.includes('done')) await once(socket, 'message')
  expect(types).toEqual(['presence', 'token', 'token', 'token', 'done'])
  socket.close()
  await once(socket, 'close')
})

test('the five metrics are there, and their labels name kinds', async () => {
  const { token } = await app.given.signedIn({ email })
  for (let call = 1; call <= 2; call++) await app.http.get('/api/conversations').auth(token, { type: 'bearer' })
  await app.http.get('/somewhere/else')
  const reply = await app.http.get('/metrics')
  expect(reply.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = reply.text
  expect(text).toMatch(/^frontend_requests\{operation="listConversations",status="200"\} [1-9]/m)
  expect(text).toMatch(/^frontend_requests\{operation="none",status="404"\} [1-9]/m)
  expect(text).toMatch(/^backend_processing_count\{operation="listConversations"\} [1-9]/m)
  expect(text).toMatch(/^database_queries_count\{query="conversations\.page"\} [1-9]/m)
  expect(text).toMatch(/^cache_hits\{cache="conversation_list",result="hit"\} [1-9]/m)
  expect(text).toMatch(/^# TYPE storage_operations counter$/m)
  expect(text).not.toMatch(/else|[0-9a-f]{8}-[0-9a-f]{4}/)
})

test('each line of a request carries its id and the hop it is about', async () => {
  const { token } = await app.given.signedIn({ email })
  const reply = await app.http.get('/api/conversations').auth(token, { type: 'bearer' }).set('x-request-id', 'req-1')
  expect(reply.headers['x-request-id']).toBe('req-1')
  expect(app.log).toMatchObject([
    { component: 'cache', cache: 'session', result: 'hit', request_id: 'req-1', message: 'Cache checked' },
    { component: 'cache', cache: 'conversation_list', result: 'miss', request_id: 'req-1', message: 'Cache checked' },
    { component: 'database', query: 'conversations.page', request_id: 'req-1', message: 'Query executed' },
    {
      component: 'backend',
      operation: 'listConversations',
      status: 200,
      request_id: 'req-1',
      path: '/api/conversations',
    },
  ])
})

test('a request without a decent id gets one, in the reply as in the log', async () => {
  const reply = await app.http.get('/nowhere').set('x-request-id', 'two words')
  const requestId = reply.headers['x-request-id']
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
  expect(reply.body.error).toMatchObject({ code: 'not_found', request_id: requestId })
  expect(app.log).toMatchObject([{ component: 'backend', status: 404, request_id: requestId }])
})

test('a failure is logged with its reason, which the caller does not learn', async () => {
  const { token } = await app.given.signedIn({ email })
  const id = crypto.randomUUID()
  await app.given.fileStored({ owner: email, id, name: 'gone.txt', mediaType: 'text/plain', content: 'x' })
  const mount = app.environment.NFS_MOUNT!
  for (const name of await readdir(mount)) await rm(join(mount, name), { recursive: true })
  const reply = await app.http.get(`/api/files/${id}`).auth(token, { type: 'bearer' }).set('x-request-id', 'req-2')
  expect(reply.status).toBe(500)
  expect(reply.text).not.toContain('ENOENT')
  expect(app.log.filter((line) => line.request_id === 'req-2')).toContainEqual(
    expect.objectContaining({ level: 'error', code: 'handler-failed', message: expect.stringContaining('ENOENT') }),
  )
})

test('pages of the allowed origins may call, with cookies, and read what they need', async () => {
  const reply = await app.http.get('/health').set('origin', 'http://other.test')
  expect(reply.headers).toMatchObject({
    'access-control-allow-origin': 'http://other.test',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': expect.stringMatching(/^x-request-id, .*retry-after/),
  })
  expect((await app.http.get('/health').set('origin', 'http://evil.test')).headers).not.toHaveProperty(
    'access-control-allow-origin',
  )
})
