import { exampleApplication, type ExampleApplication } from '../testing/example-application.ts'

const owner = 'ann@example.com'
const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

let app: ExampleApplication
let token: string
beforeAll(async () => {
  app = await exampleApplication()
})
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(async () => {
  await app.reset()
  ;({ token } = await app.given.signedIn({ email: owner }))
})

function send(method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) {
  return app.http[method](path).auth(token, { type: 'bearer' }).send(body)
}

async function titles(query = ''): Promise<string[]> {
  const { body } = await send('get', `/api/conversations${query}`)
  return body.data.map((conversation: { title: string }) => conversation.title)
}

test('a new conversation is created with its title trimmed', async () => {
  const reply = await send('post', '/api/conversations', { title: '  Plans ', model: 'gpt-4' })
  expect(reply.status).toBe(201)
  expect(reply.body).toMatchObject({ title: 'Plans', model: 'gpt-4' })
  expect((await send('get', `/api/conversations/${reply.body.id}`)).body).toEqual(reply.body)
})

test('the list is newest first, in pages, with the count of all', async () => {
  await app.given.conversationsExist({ owner, titles: ['one', 'two', 'three', 'four', 'five'] })
  const { body } = await send('get', '/api/conversations?page=2&per_page=2')
  expect(body.data.map((conversation: { title: string }) => conversation.title)).toEqual(['three', 'two'])
  expect(body.pagination).toEqual({ page: 2, per_page: 2, total_items: 5, total_pages: 3 })
  expect(await titles()).toEqual(['five', 'four', 'three', 'two', 'one'])
})

test('a page beyond the end is empty and still says how many there are', async () => {
  await app.given.conversationsExist({ owner, titles: ['one'] })
  const { body } = await send('get', '/api/conversations?page=9007199254740991&per_page=100')
  expect(body.data).toEqual([])
  expect(body.pagination).toMatchObject({ total_items: 1, total_pages: 1 })
})

test('somebody without conversations gets an empty list of no pages', async () => {
  const { body } = await send('get', '/api/conversations')
  expect(body).toEqual({ data: [], pagination: { page: 1, per_page: 20, total_items: 0, total_pages: 0 } })
})

test('the list comes from the cache until something is written, and is right at once after each write', async () => {
  const { body: first } = await send('post', '/api/conversations', { title: 'first', model: 'gpt-4' })
  expect(await titles()).toEqual(['first'])
  app.log.length = 0
  expect(await titles()).toEqual(['first'])
  expect(app.log).toContainEqual(expect.objectContaining({ cache: 'conversation_list', result: 'hit' }))
  expect(app.log.filter((line) => line.component === 'database')).toEqual([])

  await send('post', '/api/conversations', { title: 'second', model: 'gpt-4' })
  expect(await titles()).toEqual(['second', 'first'])
  await send('patch', `/api/conversations/${first.id}`, { title: 'renamed' })
  expect(await titles()).toEqual(['second', 'renamed'])
  await send('delete', `/api/conversations/${first.id}`)
  expect(await titles()).toEqual(['second'])
})

test('renaming changes the title and the time of the last change', async () => {
  await app.given.conversationExists({ owner, id, title: 'Plans' })
  const before = (await send('get', `/api/conversations/${id}`)).body
  const reply = await send('patch', `/api/conversations/${id}`, { title: ' New plans' })
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({ ...before, title: 'New plans', updated_at: expect.any(String) })
  expect(Date.parse(reply.body.updated_at)).toBeGreaterThan(Date.parse(before.updated_at))
})

test('a deleted conversation is gone, and deleting it again finds nothing', async () => {
  await app.given.conversationExists({ owner, id, title: 'Plans' })
  expect((await send('delete', `/api/conversations/${id}`)).status).toBe(204)
  expect((await send('get', `/api/conversations/${id}`)).status).toBe(404)
  expect((await send('delete', `/api/conversations/${id}`)).status).toBe(404)
})

test('messages come oldest first', async () => {
  await app.given.conversationExists({ owner, id, title: 'Plans' })
  const messages = (['user', 'assistant', 'user'] as const).map((role, index) => ({
    id: crypto.randomUUID(),
    role,
    content: `message ${index}`,
  }))
  await app.given.messagesExist({ conversation: id, messages })
  const { body } = await send('get', `/api/conversations/${id}/messages`)
  expect(body.data).toMatchObject(messages)
})

test("somebody else's conversation looks like none at all", async () => {
  await app.given.conversationExists({ owner: 'bob@example.com', id, title: 'Secret' })
  const missing = '00000000-0000-4000-8000-000000000000'
  const requests = (conversation: string) => [
    send('get', `/api/conversations/${conversation}`),
    send('patch', `/api/conversations/${conversation}`, { title: 'Mine' }),
    send('delete', `/api/conversations/${conversation}`),
    send('get', `/api/conversations/${conversation}/messages`),
    send('post', '/api/chat/stream', { conversation_id: conversation, message: 'Hello' }),
    send('get', `/api/chat/stream?conversation=${conversation}`),
  ]
  for (const conversation of [id, missing]) {
    for (const reply of await Promise.all(requests(conversation))) {
      expect(reply.status).toBe(404)
      expect(reply.body.error).toMatchObject({ code: 'not_found', message: 'There is no such conversation.' })
    }
  }
  expect(await titles()).toEqual([])
  const bob = await app.given.signedIn({ email: 'bob@example.com' })
  const kept = await app.http.get(`/api/conversations/${id}`).auth(bob.token, { type: 'bearer' })
  expect(kept.body.title).toBe('Secret')
})

test.each([
  ['an empty title', () => send('post', '/api/conversations', { title: '   ', model: 'gpt-4' }), 'body.title'],
  ['a long title', () => send('post', '/api/conversations', { title: 'x'.repeat(201), model: 'gpt-4' }), 'body.title'],
  ['a large page', () => send('get', '/api/conversations?per_page=101'), 'query.per_page'],
  ['an id that is none', () => send('get', '/api/conversations/42'), 'path.id'],
])('%s is refused with the name of its field', async (_what, request, field) => {
  const reply = await request()
  expect(reply.status).toBe(422)
  expect(reply.body.error.details).toMatchObject([{ field }])
})

test('text that the database cannot keep is refused, not answered with a failure', async () => {
  const reply = await send('post', '/api/conversations', { title: 'a\u0000b', model: 'gpt-4' })
  expect(reply.status).toBe(422)
  expect(reply.body.error.code).toBe('validation_error')
})

test('without a session nothing is shown', async () => {
  for (const path of ['/api/conversations', `/api/conversations/${id}`, `/api/conversations/${id}/messages`]) {
    expect((await app.http.get(path)).status).toBe(401)
  }
})
