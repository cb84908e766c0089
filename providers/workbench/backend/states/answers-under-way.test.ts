import { backend } from '#contracts/workbench/backend.ts'
import { client } from '#harness/client/client.ts'
import { states } from '../states.ts'
import { exampleApplication, type ExampleApplication } from '../testing/example-application.ts'

const owner = 'ann@example.com'
const conversation = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const message = 'a2f6b0de-6f4b-4f3e-8d5c-1c2b3a495867'
const about = { conversation_id: conversation }

let app: ExampleApplication
beforeAll(async () => {
  app = await exampleApplication()
})
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(() => app.reset())

/** A client of somebody who owns the conversation. */
async function signedIn() {
  await app.given.conversationExists({ owner, id: conversation, title: 'Plans' })
  const { token } = await app.given.signedIn({ email: owner })
  return client(backend, { baseUrl: app.url, credentials: { kind: 'bearer', token: () => token }, retries: 0 })
}

type Api = Awaited<ReturnType<typeof signedIn>>

/** Opens a channel: `until` gives what is pushed up to a message of this type. */
async function openLive(api: Api) {
  const channel = await api.live()
  const incoming = channel[Symbol.asyncIterator]()
  return {
    send: (type: 'subscribe' | 'unsubscribe') => channel.send({ type, data: about }),
    async until(type: string) {
      const pushed = []
      for (let next = await incoming.next(); !next.done; next = await incoming.next()) {
        pushed.push(next.value)
        if (next.value.type === type) break
      }
      return pushed
    },
    [Symbol.asyncDispose]: () => channel.close(),
  }
}

async function messagesOf(api: Api) {
  return (await api.listMessages({ params: { id: conversation } })).body.data
}

const presence = { type: 'presence', data: { ...about, viewers: 1 } }
const token = (text: string) => ({ type: 'token', data: { ...about, text } })
const done = { type: 'done', data: { ...about, message_id: message } }
const brokenOff = { type: 'error', data: { ...about, code: 'model_failed', message: expect.any(String) } }

/** What somebody sees of an answer that is laid out now: nothing but that, unless an earlier one goes on. */
async function seesAnother() {
  const api = await signedIn()
  await app.given.answerUnderWay({ conversation, message, tokens: ['new ', 'answer'] })
  await using viewer = await openLive(api)
  viewer.send('subscribe')
  return await viewer.until('done')
}

const onlyTheOther = [presence, token('new '), token('answer'), done]
const earlier = { conversation, message: 'b3a7c1ef-7a5c-4a4f-9e6d-2d3c4b5a6978', tokens: Array(500).fill('old ') }

test('an answer begins when the first viewer comes, and is kept when it is over', async () => {
  const api = await signedIn()
  await app.given.answerUnderWay({ conversation, message, tokens: ['Go ', 'to the sea.'] })
  expect(await messagesOf(api)).toEqual([])
  await using viewer = await openLive(api)
  viewer.send('subscribe')
  expect(await viewer.until('done')).toEqual([presence, token('Go '), token('to the sea.'), done])
  expect(await messagesOf(api)).toMatchObject([{ id: message, role: 'assistant', content: 'Go to the sea.' }])
  const followed = await Array.fromAsync(api.followChat({ query: { conversation } }))
  expect(followed.map(({ event, id }) => [event, id])).toEqual([
    ['token', '1'],
    ['token', '2'],
    ['done', '3'],
  ])
})

test('an answer does not begin when somebody goes', async () => {
  const api = await signedIn()
  await using viewer = await openLive(api)
  viewer.send('subscribe')
  await viewer.until('presence')
  await app.given.answerUnderWay({ conversation, message, tokens: [] })
  viewer.send('unsubscribe')
  for (let time = 1; time <= 10; time++) expect(await messagesOf(api)).toEqual([])
  viewer.send('subscribe')
  expect(await viewer.until('done')).toEqual([presence, done])
})

test('an answer is given once, however often somebody comes to look', async () => {
  const api = await signedIn()
  await app.given.answerUnderWay({ ...earlier, tokens: ['Go.'] })
  await using viewer = await openLive(api)
  viewer.send('subscribe')
  await viewer.until('done')
  viewer.send('unsubscribe')
  expect(await seesAnother()).toEqual(onlyTheOther)
})

test('there is no answer in a conversation that does not exist', async () => {
  const planned = app.given.answerUnderWay({ conversation, message, tokens: ['Go.'] })
  await expect(planned).rejects.toThrow('there is none')
})

test('a reset ends an answer that nobody looked at', async () => {
  await signedIn()
  await app.given.answerUnderWay(earlier)
  await app.reset()
  expect(await seesAnother()).toEqual(onlyTheOther)
})

test('a reset ends an answer that is being given', async () => {
  const api = await signedIn()
  await app.given.answerUnderWay(earlier)
  {
    await using viewer = await openLive(api)
    viewer.send('subscribe')
    expect(await viewer.until('token')).toEqual([presence, token('old ')])
  }
  await app.reset()
  expect(await seesAnother()).toEqual(onlyTheOther)
})

test('whoever looks on is told of the end where the states are disposed of, and nothing follows', async () => {
  const others = await states({ baseUrl: app.url, environment: app.environment, cut: unused, restore: unused })
  const api = await signedIn()
  await others.handlers.answerUnderWay(earlier)
  {
    await using viewer = await openLive(api)
    viewer.send('subscribe')
    await viewer.until('token')
    await others[Symbol.asyncDispose]()
    expect((await viewer.until('error')).at(-1)).toEqual(brokenOff)
  }
  expect(await messagesOf(api)).toEqual([])
  expect(await seesAnother()).toEqual(onlyTheOther)
})

test('an answer that waits for a viewer keeps nobody from disposing of the states', async () => {
  const others = await states({ baseUrl: app.url, environment: app.environment, cut: unused, restore: unused })
  await signedIn()
  await others.handlers.answerUnderWay(earlier)
  await others[Symbol.asyncDispose]()
  expect(await seesAnother()).toEqual(onlyTheOther)
})

function unused(store: string): Promise<void> {
  throw new Error(`the ${store} is not cut here`)
}
