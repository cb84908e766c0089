import { once } from 'node:events'
import { WebSocket } from 'ws'
import { exampleApplication, type ExampleApplication } from '../testing/example-application.ts'

const owner = 'ann@example.com'
const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const other = '8a1d3c9e-6f0b-4f6e-9a53-0d3a5b7c1e22'

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

/** A channel at the client's end: what it received is taken one by one. */
async function open(headers: Record<string, string> = { cookie: `token=${token}` }, protocols: string[] = []) {
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/ws`, protocols, { headers })
  const received: unknown[] = []
  const closed = once(socket, 'close') as Promise<[number]>
  socket.on('message', (data: Buffer) => {
    received.push(JSON.parse(data.toString('utf8')))
    socket.emit('received')
  })
  await once(socket, 'open')
  return {
    send: (type: string, conversation_id: string) => socket.send(JSON.stringify({ type, data: { conversation_id } })),
    async next(): Promise<unknown> {
      while (received.length === 0) await once(socket, 'received')
      return received.shift()
    },
    async close() {
      socket.close()
      await closed
    },
    closed,
  }
}

const presence = (viewers: number, conversation_id = id) => ({ type: 'presence', data: { conversation_id, viewers } })

function ask(conversation_id = id) {
  return app.http.post('/api/chat/stream').auth(token, { type: 'bearer' }).send({ conversation_id, message: 'Hi' })
}

test('each viewer hears of those who come and go', async () => {
  const first = await open()
  first.send('subscribe', id)
  expect(await first.next()).toEqual(presence(1))

  const second = await open()
  second.send('subscribe', id)
  expect(await second.next()).toEqual(presence(2))
  expect(await first.next()).toEqual(presence(2))

  second.send('unsubscribe', id)
  expect(await first.next()).toEqual(presence(1))
  second.send('subscribe', id)
  expect([await first.next(), await second.next()]).toEqual([presence(2), presence(2)])
  await second.close()
  expect(await first.next()).toEqual(presence(1))
  await first.close()
})

test('the tokens of an answer are pushed, and its end', async () => {
  const viewer = await open()
  viewer.send('subscribe', id)
  await viewer.next()
  await ask()
  const texts = [await viewer.next(), await viewer.next(), await viewer.next()]
  expect(texts).toEqual(
    ['You ', 'said: ', 'Hi'].map((text) => ({ type: 'token', data: { conversation_id: id, text } })),
  )
  expect(await viewer.next()).toEqual({ type: 'done', data: { conversation_id: id, message_id: expect.any(String) } })
  await viewer.close()
})

test('an answer that fails is told as an error', async () => {
  await app.given.modelFails({ afterTokens: 0 })
  const viewer = await open()
  viewer.send('subscribe', id)
  await viewer.next()
  await ask()
  expect(await viewer.next()).toMatchObject({ type: 'error', data: { code: 'model_failed', conversation_id: id } })
  await viewer.close()
})

test('one channel carries several conversations, and after unsubscribing nothing of one', async () => {
  await app.given.conversationExists({ owner, id: other, title: 'More plans' })
  const viewer = await open()
  for (const conversation of [id, other]) {
    viewer.send('subscribe', conversation)
    expect(await viewer.next()).toEqual(presence(1, conversation))
  }
  viewer.send('unsubscribe', id)
  // Answered in order: once this is, the former one is done.
  viewer.send('subscribe', other)
  expect(await viewer.next()).toEqual(presence(1, other))
  await ask(id)
  await ask(other)
  expect(await viewer.next()).toMatchObject({ type: 'token', data: { conversation_id: other } })
  await viewer.close()
})

test("an unknown conversation and somebody else's are the same error, and the channel stays open", async () => {
  await app.given.conversationExists({ owner: 'bob@example.com', id: other, title: 'Secret' })
  const viewer = await open()
  for (const conversation of [other, '00000000-0000-4000-8000-000000000000']) {
    viewer.send('subscribe', conversation)
    expect(await viewer.next()).toEqual({
      type: 'error',
      data: { code: 'not_found', message: 'There is no such conversation.', conversation_id: conversation },
    })
  }
  viewer.send('subscribe', id)
  expect(await viewer.next()).toEqual(presence(1))
  await viewer.close()
})

test('a page brings its token as a subprotocol', async () => {
  const viewer = await open({ origin: 'http://app.test' }, ['workbench', `bearer.${token}`])
  viewer.send('subscribe', id)
  expect(await viewer.next()).toEqual(presence(1))
  await viewer.close()
})

test('signing out closes the channel', async () => {
  const viewer = await open()
  await app.http.post('/api/auth/sign-out').auth(token, { type: 'bearer' })
  expect((await viewer.closed)[0]).toBe(1008)
})

test.each([
  ['without a session', {}, 401],
  ['with a session that is over', { cookie: 'token=nonsense' }, 401],
  ['from a page of another origin', { origin: 'http://evil.test' }, 403],
])('%s no channel opens', async (_what, headers, status) => {
  const credentials = status === 403 ? { cookie: `token=${token}` } : {}
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/ws`, { headers: { ...credentials, ...headers } })
  socket.on('error', () => undefined)
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(status)
})

test('channels that are asked for are counted and logged', async () => {
  const viewer = await open({ cookie: `token=${token}`, 'x-request-id': 'req-channel' })
  viewer.send('subscribe', id)
  await viewer.next()
  await viewer.close()
  const hops = app.log.filter((line) => line.request_id === 'req-channel').map((line) => line.component)
  expect(new Set(hops)).toEqual(new Set(['backend', 'database', 'cache']))
  expect((await app.http.get('/metrics')).text).toMatch(/frontend_requests\{operation="live",status="101"\} [1-9]/)
})
