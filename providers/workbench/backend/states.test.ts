import type { Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exampleApplication, type ExampleApplication } from './testing/example-application.ts'
import { states } from './states.ts'

const owner = 'ann@example.com'
const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

let app: ExampleApplication
beforeAll(async () => {
  app = await exampleApplication()
})
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(() => app.reset())

function as(token: string) {
  return { get: (path: string) => app.http.get(path).auth(token, { type: 'bearer' }).buffer(true) }
}

test('an account that exists can be signed in to, with the password of the state', async () => {
  await app.given.userExists({ email: owner, password: 'placeholder-password' })
  await app.given.userExists({ email: owner, password: 'placeholder-another' })
  const signIn = (password: string) => app.http.post('/api/auth/sign-in').send({ email: owner, password })
  expect((await signIn('placeholder-password')).status).toBe(401)
  expect((await signIn('placeholder-another')).status).toBe(200)
})

test('a session of a state really works, also for an account that could sign in before', async () => {
  await app.given.userExists({ email: owner, password: 'placeholder-password' })
  const { token } = await app.given.signedIn({ email: owner })
  expect((await as(token).get('/api/auth/me')).body.email).toBe(owner)
  const signIn = await app.http.post('/api/auth/sign-in').send({ email: owner, password: 'placeholder-password' })
  expect(signIn.status).toBe(200)
})

test('nobody can sign in by password to an account that only has a session', async () => {
  await app.given.signedIn({ email: owner })
  const reply = await app.http.post('/api/auth/sign-in').send({ email: owner, password: 'placeholder-password' })
  expect(reply.status).toBe(401)
})

test('an expired session was one of the account, and all of its sessions are over', async () => {
  const before = await app.given.signedIn({ email: owner })
  const { token } = await app.given.sessionExpired({ email: owner })
  expect((await as(before.token).get('/api/auth/me')).status).toBe(401)
  expect((await as(token).get('/api/auth/me')).status).toBe(401)
})

test('the sign-in limit is reached for the address, and no other', async () => {
  await app.given.signInLimitReached({ email: owner })
  const signIn = (email: string) => app.http.post('/api/auth/sign-in').send({ email, password: 'placeholder-x' })
  expect((await signIn(owner)).status).toBe(429)
  expect((await signIn('bob@example.com')).status).toBe(401)
})

test('conversations are exactly those of the state, a second apart, oldest first', async () => {
  await app.given.conversationExists({ owner, id, title: 'Before', model: 'gpt-5' })
  const { token } = await app.given.signedIn({ email: owner })
  expect((await as(token).get(`/api/conversations/${id}`)).body).toMatchObject({ title: 'Before', model: 'gpt-5' })
  await app.given.conversationsExist({ owner, titles: ['one', 'two', 'three'] })
  const { data } = (await as(token).get('/api/conversations')).body
  expect(data.map((conversation: { title: string }) => conversation.title)).toEqual(['three', 'two', 'one'])
  const times = data.map((conversation: { created_at: string }) => Date.parse(conversation.created_at))
  expect([times[0] - times[1], times[1] - times[2]]).toEqual([1000, 1000])
  await app.given.conversationsExist({ owner, titles: [] })
  expect((await as(token).get('/api/conversations')).body.data).toEqual([])
})

test('messages are exactly those of the state', async () => {
  await app.given.conversationExists({ owner, id, title: 'Plans' })
  const { token } = await app.given.signedIn({ email: owner })
  const message = { id: crypto.randomUUID(), role: 'user' as const, content: 'Hello' }
  await app.given.messagesExist({ conversation: id, messages: [{ ...message, id: crypto.randomUUID() }] })
  await app.given.messagesExist({ conversation: id, messages: [message] })
  expect((await as(token).get(`/api/conversations/${id}/messages`)).body.data).toMatchObject([message])
})

test('messages of a conversation that does not exist cannot be set up', async () => {
  const messages = [{ id: crypto.randomUUID(), role: 'user' as const, content: 'Hello' }]
  await expect(app.given.messagesExist({ conversation: id, messages })).rejects.toThrow('violates foreign key')
})

test('the model says the text of the state to each message, until there is another state', async () => {
  await app.given.conversationExists({ owner, id, title: 'Plans' })
  const { token } = await app.given.signedIn({ email: owner })
  const ask = async () =>
    (
      await app.http
        .post('/api/chat/stream')
        .auth(token, { type: 'bearer' })
        .send({ conversation_id: id, message: 'Hello' })
    ).text
  await app.given.modelAnswers({ text: 'Certainly not.' })
  for (let time = 1; time <= 2; time++) expect(await ask()).toMatch(/"Certainly ".*\n\n.*\n.*\n.*"not\."/)
  await app.given.modelFails({ afterTokens: 1 })
  expect(await ask()).toMatch(/event: error/)
  await app.reset()
})

test('a stored file can be read, and is one file however often it is set up', async () => {
  const { token } = await app.given.signedIn({ email: owner })
  const file = { owner, id, name: 'notes.txt', mediaType: 'text/plain' }
  await app.given.fileStored({ ...file, content: 'old' })
  await app.given.fileStored({ ...file, content: 'nötes' })
  expect((await as(token).get(`/api/files/${id}`)).text).toBe('nötes')
})

test('a reset takes everything back, and takes some milliseconds', async () => {
  await app.given.fileStored({ owner, id, name: 'notes.txt', mediaType: 'text/plain', content: 'x' })
  await app.given.streamedAnswer({ conversation: id, message: crypto.randomUUID(), tokens: ['a'] })
  const { token } = await app.given.signedIn({ email: owner })
  await app.reset()
  expect((await as(token).get('/api/auth/me')).status).toBe(401)
  const anew = await app.given.signedIn({ email: owner })
  expect((await as(anew.token).get(`/api/files/${id}`)).status).toBe(404)
  const started = performance.now()
  await app.reset()
  expect(performance.now() - started).toBeLessThan(100)
})

/** A backend of which only the health can be asked: unhealthy for the first so many times. */
async function recoveringBackend(unhealthyTimes: number): Promise<Server & { asked: () => number }> {
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(asked > unhealthyTimes ? 200 : 503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(server, { asked: () => asked })
}

test('a store that was cut is restored by a reset, which waits until the backend is well again', async () => {
  const backend = await recoveringBackend(3)
  const calls: string[] = []
  const live = await states({
    baseUrl: `http://127.0.0.1:${(backend.address() as AddressInfo).port}`,
    environment: app.environment,
    cut: async (store) => void calls.push(`cut ${store}`),
    restore: async (store) => void calls.push(`restore ${store}`),
  })
  await live.handlers.storeDown({ store: 'cache' })
  expect(calls).toEqual(['cut cache'])
  await live.reset()
  expect(calls).toEqual(['cut cache', 'restore cache'])
  expect(backend.asked()).toBe(4)
  await live.handlers.storeDown({ store: 'storage' })
  await live.handlers.allHealthy({})
  expect(calls.slice(2)).toEqual(['cut storage', 'restore storage'])
  await live.reset()
  expect(calls).toHaveLength(4)
  await live[Symbol.asyncDispose]()
  await new Promise((resolve) => backend.close(resolve))
})
