import { backend } from '#contracts/workbench/backend.ts'
import { makeMemory } from '../memory.ts'
import { hosts, type Api, type Host } from '../testing/hosts.ts'
import { answerUnderWay as layOut } from './answer-under-way.ts'

const { answerUnderWay, conversationExists } = backend.states
const owner = 'ann@example.com'
const conversation = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const message = 'a2f6b0de-6f4b-4f3e-8d5c-1c2b3a495867'
const about = { conversation_id: conversation }

async function signedIn(host: Host): Promise<Api> {
  await host.given(conversationExists({ owner, id: conversation, title: 'Plans' }))
  return host.signedIn(owner)
}

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

/** What somebody sees of an answer that is laid out now: nothing but that, unless an earlier one goes on. */
async function seesAnother(host: Host) {
  const api = await signedIn(host)
  await host.given(answerUnderWay({ conversation, message, tokens: ['new ', 'answer'] }))
  await using viewer = await openLive(api)
  viewer.send('subscribe')
  return await viewer.until('done')
}

const onlyTheOther = [presence, token('new '), token('answer'), done]
const earlier = { conversation, message: 'b3a7c1ef-7a5c-4a4f-9e6d-2d3c4b5a6978', tokens: Array(500).fill('old ') }

describe.each(hosts)('an answer under way of the stand-in %s', (_name, start) => {
  test('begins when the first viewer comes, and is kept when it is over', async () => {
    await using host = await start()
    const api = await signedIn(host)
    await host.given(answerUnderWay({ conversation, message, tokens: ['Go ', 'to the sea.'] }))
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

  test('does not begin when somebody goes', async () => {
    await using host = await start()
    const api = await signedIn(host)
    await using viewer = await openLive(api)
    viewer.send('subscribe')
    await viewer.until('presence')
    await host.given(answerUnderWay({ conversation, message, tokens: [] }))
    viewer.send('unsubscribe')
    for (let time = 1; time <= 10; time++) expect(await messagesOf(api)).toEqual([])
    viewer.send('subscribe')
    expect(await viewer.until('done')).toEqual([presence, done])
  })

  test('is given once, however often somebody comes to look', async () => {
    await using host = await start()
    const api = await signedIn(host)
    await host.given(answerUnderWay({ ...earlier, tokens: ['Go.'] }))
    await using viewer = await openLive(api)
    viewer.send('subscribe')
    await viewer.until('done')
    viewer.send('unsubscribe')
    expect(await seesAnother(host)).toEqual(onlyTheOther)
  })

  test('cannot be in a conversation that does not exist', async () => {
    await using host = await start()
    await expect(host.given(answerUnderWay(earlier))).rejects.toThrow('there is none')
  })

  test('is over with a reset, where nobody looked at it', async () => {
    await using host = await start()
    await signedIn(host)
    await host.given(answerUnderWay(earlier))
    await host.reset()
    expect(await seesAnother(host)).toEqual(onlyTheOther)
  })
})

test('an answer that is being given is broken off when the memory is forgotten', async () => {
  using memory = makeMemory()
  memory.conversations.add('owner', { id: conversation, title: 'Plans', model: 'gpt-4' })
  layOut(memory, earlier)
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: end, resolve } = Promise.withResolvers<string>()
  memory.answers.listen(conversation, ({ event }) => (event === 'token' ? begin() : resolve(event)))
  memory.presence.join(conversation, () => undefined)
  await begun
  memory[Symbol.dispose]()
  expect(await end).toBe('error')
})
