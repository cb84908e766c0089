import { backend } from '#contracts/workbench/backend.ts'
import { hosts, type Api, type Host } from '../testing/hosts.ts'

const { answerUnderWay, conversationExists } = backend.states
const owner = 'ann@example.com'
const conversation = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const message = 'a2f6b0de-6f4b-4f3e-8d5c-1c2b3a495867'
const about = { conversation_id: conversation }

async function signedIn(host: Host): Promise<Api> {
  await host.given(conversationExists({ owner, id: conversation, title: 'Plans' }))
  return host.signedIn(owner)
}

type Pushed = Readonly<{ type: string; data: object }>

/** Looks at the conversation, and gives what is pushed until a message of this type. */
async function lookUntil(api: Api, last: string): Promise<Pushed[]> {
  const channel = await api.live()
  channel.send({ type: 'subscribe', data: about })
  const pushed: Pushed[] = []
  for await (const told of channel) {
    pushed.push(told)
    if (told.type === last) break
  }
  await channel.close()
  return pushed
}

const presence = { type: 'presence', data: { ...about, viewers: 1 } }
const token = (text: string) => ({ type: 'token', data: { ...about, text } })
const done = { type: 'done', data: { ...about, message_id: message } }

/** What somebody sees of an answer that is laid out now: only that, unless an earlier one goes on. */
async function seesAnother(host: Host): Promise<Pushed[]> {
  const api = await signedIn(host)
  await host.given(answerUnderWay({ conversation, message, tokens: ['new ', 'answer'] }))
  return lookUntil(api, 'done')
}

const onlyTheOther = [presence, token('new '), token('answer'), done]
const earlier = { conversation, message: 'b3a7c1ef-7a5c-4a4f-9e6d-2d3c4b5a6978', tokens: Array(500).fill('old ') }

describe.each(hosts)('an answer under way of the stand-in %s', (_name, start) => {
  test('begins when the first viewer comes, and is kept when it is over', async () => {
    await using host = await start()
    const api = await signedIn(host)
    await host.given(answerUnderWay({ conversation, message, tokens: ['Go ', 'to the sea.'] }))
    const messages = async () => (await api.listMessages({ params: { id: conversation } })).body.data
    expect(await messages()).toEqual([])
    expect(await lookUntil(api, 'done')).toEqual([presence, token('Go '), token('to the sea.'), done])
    expect(await messages()).toMatchObject([{ id: message, role: 'assistant', content: 'Go to the sea.' }])
    const followed = await Array.fromAsync(api.followChat({ query: { conversation } }))
    expect(followed.map(({ event, id }) => [event, id])).toEqual([
      ['token', '1'],
      ['token', '2'],
      ['done', '3'],
    ])
  })

  test('is given once, however often somebody comes to look', async () => {
    await using host = await start()
    const api = await signedIn(host)
    await host.given(answerUnderWay({ ...earlier, tokens: ['Go.'] }))
    expect(await lookUntil(api, 'done')).toHaveLength(3)
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
    host.reset()
    expect(await seesAnother(host)).toEqual(onlyTheOther)
  })

  test('is over with a reset, where it is being given', async () => {
    await using host = await start()
    const api = await signedIn(host)
    await host.given(answerUnderWay(earlier))
    expect(await lookUntil(api, 'token')).toEqual([presence, token('old ')])
    host.reset()
    expect(await seesAnother(host)).toEqual(onlyTheOther)
  })
})
