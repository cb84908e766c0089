import { backend } from '#contracts/workbench/backend.ts'
import { hosts, type Api, type Host } from '../testing/hosts.ts'

const { states } = backend
const owner = 'ann@example.com'
const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const otherId = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'
const conversation = { conversation_id: id }

async function signedIn(host: Host): Promise<Api> {
  await host.given(states.conversationExists({ owner, id, title: 'Plans' }))
  return host.signedIn(owner)
}

type Channel = Awaited<ReturnType<Api['live']>>

/** Opens a channel: `next` gives what comes on it, message by message. */
async function openLive(api: Api) {
  const channel = await api.live()
  const incoming = channel[Symbol.asyncIterator]()
  return {
    send: (...[message]: Parameters<Channel['send']>) => channel.send(message),
    next: async () => (await incoming.next()).value as unknown,
    close: () => channel.close(),
  }
}

const presence = (viewers: number) => ({ type: 'presence', data: { ...conversation, viewers } })
const word = (text: string) => ({ type: 'token', data: { ...conversation, text } })

describe.each(hosts)('the live channel of the stand-in %s', (_name, start) => {
  test('tells how many look at a conversation, as they come and go', async () => {
    await using host = await start()
    const api = await signedIn(host)
    const [first, second] = [await openLive(api), await openLive(api)]
    first.send({ type: 'subscribe', data: conversation })
    expect(await first.next()).toEqual(presence(1))
    second.send({ type: 'subscribe', data: conversation })
    expect([await first.next(), await second.next()]).toEqual([presence(2), presence(2)])
    await second.close()
    expect(await first.next()).toEqual(presence(1))
    first.send({ type: 'subscribe', data: conversation })
    expect(await first.next()).toEqual(presence(1))
    await first.close()
  })

  test('carries the words of an answer to whoever subscribed, until they unsubscribe', async () => {
    await using host = await start()
    const api = await signedIn(host)
    const [staying, leaving] = [await openLive(api), await openLive(api)]
    staying.send({ type: 'subscribe', data: conversation })
    await staying.next()
    leaving.send({ type: 'subscribe', data: conversation })
    expect([await staying.next(), await leaving.next()]).toEqual([presence(2), presence(2)])
    leaving.send({ type: 'unsubscribe', data: conversation })
    expect(await staying.next()).toEqual(presence(1))
    const asked = await Array.fromAsync(api.streamChat({ body: { ...conversation, message: 'Hello' } }))
    const pushed = [await staying.next(), await staying.next(), await staying.next(), await staying.next()]
    const { message_id } = asked.at(-1)!.data as { message_id: string }
    expect(pushed).toEqual([
      word('You '),
      word('said: '),
      word('Hello'),
      { type: 'done', data: { ...conversation, message_id } },
    ])
    leaving.send({ type: 'subscribe', data: conversation })
    expect(await leaving.next()).toEqual(presence(2))
    await Promise.all([staying.close(), leaving.close()])
  })

  test('tells when the model failed', async () => {
    await using host = await start()
    const api = await signedIn(host)
    await host.given(states.modelFails({ afterTokens: 1 }))
    const channel = await openLive(api)
    channel.send({ type: 'subscribe', data: conversation })
    await channel.next()
    await Array.fromAsync(api.streamChat({ body: { ...conversation, message: 'Hello' } }))
    expect(await channel.next()).toEqual(word('word1 '))
    expect(await channel.next()).toMatchObject({ type: 'error', data: { ...conversation, code: 'model_failed' } })
    await channel.close()
  })

  test('does not know conversations of other people', async () => {
    await using host = await start()
    await signedIn(host)
    const channel = await openLive(await host.signedIn('bob@example.com'))
    for (const conversation_id of [id, otherId]) {
      channel.send({ type: 'subscribe', data: { conversation_id } })
      expect(await channel.next()).toMatchObject({ type: 'error', data: { code: 'not_found', conversation_id } })
    }
    await channel.close()
  })

  test('is closed when the session is over', async () => {
    await using host = await start()
    const api = await signedIn(host)
    const channel = await openLive(api)
    await api.signOut()
    await expect(channel.next()).rejects.toThrow('closed with 1008 the session is over')
  })

  test('is not opened for nobody', async () => {
    await using host = await start()
    await expect(host.api().live()).rejects.toMatchObject({ name: 'ConnectionError' })
  })
})
