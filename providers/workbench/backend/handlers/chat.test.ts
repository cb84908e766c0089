import { exampleApplication, type ExampleApplication } from '../testing/example-application.ts'
import { all, readEvents, take, type ReadEvent } from '../testing/read-events.ts'

const owner = 'ann@example.com'
const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const message = '8a1d3c9e-6f0b-4f6e-9a53-0d3a5b7c1e22'

let app: ExampleApplication
let token: string
beforeAll(async () => {
  app = await exampleApplication()
})
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(async () => {
  await app.reset()
  ;({ token } = await app.given.signedIn({ email: owner }))
  await app.given.conversationExists({ owner, id, title: 'Plans' })
})

async function ask(text: string, signal?: AbortSignal): Promise<AsyncGenerator<ReadEvent>> {
  const response = await fetch(`${app.url}/api/chat/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ conversation_id: id, message: text }),
    signal: signal ?? null,
  })
  return readEvents(response)
}

async function follow(lastEventId?: string, signal?: AbortSignal): Promise<AsyncGenerator<ReadEvent>> {
  const response = await fetch(`${app.url}/api/chat/stream?conversation=${id}`, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: signal ?? null,
  })
  return readEvents(response)
}

async function messages(): Promise<{ id: string; role: string; content: string }[]> {
  const { body } = await app.http.get(`/api/conversations/${id}/messages`).auth(token, { type: 'bearer' })
  return body.data
}

/** Waits until something is so. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5))
}

const words = (count: number): string => Array.from({ length: count }, (_, index) => `w${index + 1}`).join(' ')

const tokenEvents = (...texts: string[]): ReadEvent[] =>
  texts.map((text, index) => ({ event: 'token', data: { text }, id: String(index + 1) }))

test('the answer comes token by token, numbered from 1, and ends with its message', async () => {
  const events = await all(await ask('Hello there'))
  expect(events).toEqual([
    ...tokenEvents('You ', 'said: ', 'Hello ', 'there'),
    { event: 'done', data: { message_id: expect.any(String) }, id: '5' },
  ])
})

test('tokens arrive while the model is still at work', async () => {
  await app.given.modelAnswers({ text: words(10) })
  const events = await ask('Hello')
  await take(events, 1)
  expect(await messages()).toMatchObject([{ role: 'user', content: 'Hello' }])
  expect((await all(events)).at(-1)).toMatchObject({ event: 'done' })
})

test('question and answer are kept, and the conversation changed', async () => {
  const before = (await app.http.get(`/api/conversations/${id}`).auth(token, { type: 'bearer' })).body
  const events = await all(await ask('Hello'))
  const { message_id } = events.at(-1)!.data as { message_id: string }
  expect(await messages()).toMatchObject([
    { role: 'user', content: 'Hello' },
    { id: message_id, role: 'assistant', content: 'You said: Hello' },
  ])
  const list = (await app.http.get('/api/conversations').auth(token, { type: 'bearer' })).body
  expect(Date.parse(list.data[0].updated_at)).toBeGreaterThan(Date.parse(before.updated_at))
})

test('a model that fails ends the stream with an error, and no answer is kept', async () => {
  await app.given.modelFails({ afterTokens: 2 })
  const events = await all(await ask('Hello'))
  expect(events.map(({ event }) => event)).toEqual(['token', 'token', 'error'])
  expect(events.at(-1)).toMatchObject({ data: { code: 'model_failed' }, id: '3' })
  expect(await messages()).toMatchObject([{ role: 'user', content: 'Hello' }])
  expect(app.log).toContainEqual(expect.objectContaining({ component: 'model', level: 'error' }))
})

test('signing out in the middle ends the stream, and nothing more comes', async () => {
  await app.given.modelAnswers({ text: words(200) })
  const events = await ask('Hello')
  await take(events, 2)
  await app.http.post('/api/auth/sign-out').auth(token, { type: 'bearer' })
  const rest = await all(events)
  expect(rest.length).toBeLessThan(50)
  expect(rest.at(-1)).toMatchObject({ event: 'error', data: { code: 'session_expired' } })
  ;({ token } = await app.given.signedIn({ email: owner }))
  expect(await messages()).toMatchObject([{ role: 'user' }])
})

test('a session that is ended elsewhere ends the stream too', async () => {
  await app.given.modelAnswers({ text: words(200) })
  const events = await ask('Hello')
  await take(events, 1)
  await app.given.sessionExpired({ email: owner })
  expect((await all(events)).at(-1)).toMatchObject({ event: 'error', data: { code: 'session_expired' } })
})

test('an asker who goes away stops the model, and followers learn that the answer is broken off', async () => {
  await app.given.modelAnswers({ text: words(500) })
  const gone = new AbortController()
  await take(await ask('Hello', gone.signal), 2)
  const follower = await follow()
  await take(follower, 2)
  gone.abort()
  const rest = await all(follower)
  expect(rest.length).toBeLessThan(100)
  expect(rest.at(-1)).toMatchObject({ event: 'error', data: { code: 'model_failed' } })
  expect(await messages()).toMatchObject([{ role: 'user' }])
})

test('the last answer can be read again from its start, and from the middle', async () => {
  await app.given.streamedAnswer({ conversation: id, message, tokens: ['a ', 'b ', 'c'] })
  const done = { event: 'done', data: { message_id: message }, id: '4' }
  const whole = [...tokenEvents('a ', 'b ', 'c'), done]
  expect(await all(await follow())).toEqual(whole)
  expect(await all(await follow('2'))).toEqual(whole.slice(2))
})

test.each([
  ['is beyond the last answer', '17'],
  ['is no number', 'x1'],
])('where Last-Event-ID %s, the last answer comes from its start', async (_what, lastEventId) => {
  await app.given.streamedAnswer({ conversation: id, message, tokens: ['a ', 'b'] })
  expect((await all(await follow(lastEventId))).map((event) => event.id)).toEqual(['1', '2', '3'])
})

test('a follower gets a running answer from its start and then as it goes on', async () => {
  await app.given.modelAnswers({ text: words(10) })
  const asker = await ask('Hello')
  const begun = await take(asker, 3)
  const followed = await all(await follow())
  expect(followed).toEqual([...begun, ...(await all(asker))])
  expect(followed).toHaveLength(11)
})

test('a follower of a conversation without an answer waits for the first one', async () => {
  const follower = await follow()
  const first = take(follower, 1)
  await all(await ask('Hello'))
  expect(await first).toEqual(tokenEvents('You '))
  expect((await all(follower)).at(-1)).toMatchObject({ event: 'done', id: '4' })
})

test('a follower who has seen the last answer to its end waits for the next one', async () => {
  await app.given.streamedAnswer({ conversation: id, message, tokens: ['old'] })
  const follower = await follow('2')
  const next = all(follower)
  await all(await ask('Hello'))
  expect((await next).map((event) => event.id)).toEqual(['1', '2', '3', '4'])
})

test('a follower learns that the session is over', async () => {
  const follower = await follow()
  const next = take(follower, 1)
  await app.http.post('/api/auth/sign-out').auth(token, { type: 'bearer' })
  expect(await next).toMatchObject([{ event: 'error', data: { code: 'session_expired' } }])
})

test('two answers at the same time both come whole', async () => {
  const [first, second] = await Promise.all([ask('first').then(all), ask('second').then(all)])
  expect(first).toHaveLength(4)
  expect(second).toHaveLength(4)
  const answers = (await messages()).filter(({ role }) => role === 'assistant').map(({ content }) => content)
  expect(answers.toSorted()).toEqual(['You said: first', 'You said: second'])
})

test('all of a stream is logged under the id of its request', async () => {
  const response = await fetch(`${app.url}/api/chat/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-request-id': 'req-stream' },
    body: JSON.stringify({ conversation_id: id, message: 'Hello' }),
  })
  expect(response.headers.get('x-request-id')).toBe('req-stream')
  await all(readEvents(response))
  await until(() => app.log.some((line) => line.component === 'model'))
  const components = app.log.filter((line) => line.request_id === 'req-stream').map((line) => line.component)
  expect(new Set(components)).toEqual(new Set(['backend', 'database', 'cache', 'model']))
})
