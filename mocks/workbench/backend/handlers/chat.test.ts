import { backend } from '#contracts/workbench/backend.ts'
import { follow } from '../testing/follow.ts'
import { hosts, type Api, type Host } from '../testing/hosts.ts'

const { states } = backend
const owner = 'ann@example.com'
const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const answerId = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'
const conversationExists = states.conversationExists({ owner, id, title: 'Plans' })
const longAnswer = states.modelAnswers({ text: 'and so on '.repeat(300) })

type SignedIn = Readonly<{ api: Api; token: string }>

/** Somebody who is signed in and has a conversation. */
async function signedIn(host: Host): Promise<SignedIn> {
  const { token } = await host.given(conversationExists, states.signedIn({ email: owner }))
  return { api: host.api({ kind: 'bearer', token: () => String(token) }), token: String(token) }
}

function ask({ api }: SignedIn, message: string) {
  return api.streamChat({ body: { conversation_id: id, message } })
}

async function messagesOf({ api }: SignedIn): Promise<readonly string[]> {
  const { body } = await api.listMessages({ params: { id } })
  return body.data.map(({ role, content }) => `${role}: ${content}`)
}

const tokens = (...texts: readonly string[]) =>
  texts.map((text, index) => ({ event: 'token', data: { text }, id: String(index + 1) }))

describe.each(hosts)('chatting with the stand-in %s', (_name, start) => {
  test('the answer comes word by word, numbered from 1, and ends with its message', async () => {
    await using host = await start()
    const events = await Array.fromAsync(ask(await signedIn(host), 'Hello there'))
    expect(events).toEqual([
      ...tokens('You ', 'said: ', 'Hello ', 'there'),
      { event: 'done', data: { message_id: expect.any(String) }, id: '5' },
    ])
  })

  test('question and answer are kept, and the conversation is one that changed', async () => {
    await using host = await start()
    const user = await signedIn(host)
    const before = (await user.api.getConversation({ params: { id } })).body
    const last = (await Array.fromAsync(ask(user, ' Hello '))).at(-1)
    expect(await messagesOf(user)).toEqual(['user: Hello', 'assistant: You said: Hello'])
    const { body } = await user.api.listMessages({ params: { id } })
    expect(last?.data).toEqual({ message_id: body.data[1]!.id })
    const after = (await user.api.getConversation({ params: { id } })).body
    expect(after.updated_at > before.updated_at).toBe(true)
  })

  test('words arrive while the answer is not yet whole', async () => {
    await using host = await start()
    const user = await signedIn(host)
    await host.given(longAnswer)
    for await (const event of ask(user, 'Go on')) {
      expect(event).toMatchObject({ event: 'token', data: { text: 'and ' } })
      expect(await messagesOf(user)).toEqual(['user: Go on'])
      break
    }
  })

  test('the model says what it is told to say, for all answers until it is told something else', async () => {
    await using host = await start()
    const user = await signedIn(host)
    await host.given(states.modelAnswers({ text: 'Yes indeed.' }))
    await Array.fromAsync(ask(user, 'Is it?'))
    await Array.fromAsync(ask(user, 'Really?'))
    await host.given(states.modelAnswers({ text: '' }))
    expect(await Array.fromAsync(ask(user, 'Why?'))).toMatchObject([{ event: 'done', id: '1' }])
    expect(await messagesOf(user)).toEqual([
      'user: Is it?',
      'assistant: Yes indeed.',
      'user: Really?',
      'assistant: Yes indeed.',
      'user: Why?',
      'assistant: ',
    ])
  })

  test.each([0, 2])(
    'a model that fails after %d words ends the stream with an error, and no answer is kept',
    async (afterTokens) => {
      await using host = await start()
      const user = await signedIn(host)
      await host.given(states.modelFails({ afterTokens }))
      const events = await Array.fromAsync(ask(user, 'Hello'))
      expect(events).toHaveLength(afterTokens + 1)
      expect(events.at(-1)).toMatchObject({
        event: 'error',
        data: { code: 'model_failed' },
        id: String(afterTokens + 1),
      })
      expect(await messagesOf(user)).toEqual(['user: Hello'])
    },
  )

  test.each<[string, (host: Host, user: SignedIn) => Promise<unknown>]>([
    ['its owner signs out', (_host, { api }) => api.signOut()],
    ['its session expires', (host) => host.given(states.sessionExpired({ email: owner }))],
  ])('a stream ends with session_expired when %s', async (_when, end) => {
    await using host = await start()
    const user = await signedIn(host)
    await host.given(longAnswer)
    const seen: unknown[] = []
    for await (const event of ask(user, 'Go on')) {
      if (seen.push(event) === 2) await end(host, user)
    }
    expect(seen.at(-1)).toMatchObject({ event: 'error', data: { code: 'session_expired' }, id: String(seen.length) })
    expect(seen.length).toBeLessThan(300)
    expect(await messagesOf(await signedIn(host))).toEqual(['user: Go on'])
  })

  test('an answer whose conversation is deleted meanwhile fails', async () => {
    await using host = await start()
    const user = await signedIn(host)
    await host.given(states.modelAnswers({ text: 'one two three' }))
    const seen: string[] = []
    for await (const { event } of ask(user, 'Count')) {
      if (seen.push(event) === 1) await user.api.deleteConversation({ params: { id } })
    }
    expect(seen.at(-1)).toBe('error')
  })

  test('an asker who goes away stops the answer, and whoever follows learns it', async () => {
    await using host = await start()
    const user = await signedIn(host)
    await host.given(longAnswer)
    for await (const _first of ask(user, 'Go on')) break
    const followed = await Array.fromAsync(await follow(host, user.token, { conversation: id }))
    expect(followed.at(-1)).toMatchObject({ event: 'error', data: { code: 'model_failed' } })
    expect(followed.length).toBeLessThan(300)
    expect(await messagesOf(user)).toEqual(['user: Go on'])
  })
})

describe.each(hosts)('following a conversation on the stand-in %s', (_name, start) => {
  const streamed = states.streamedAnswer({ conversation: id, message: answerId, tokens: ['one ', 'two ', 'three'] })
  const done = { event: 'done', data: { message_id: answerId }, id: '4' }
  const whole = [...tokens('one ', 'two ', 'three'), done]

  test.each([
    ['from its first word', undefined, whole],
    ['after the event seen last', '2', whole.slice(2)],
    ['after its last word', '3', [done]],
    ['from its first word where the number was given out by an earlier answer', '40', whole],
    ['from its first word where the id is no number', 'x', whole],
  ])('the last answer is told again %s', async (_from, after, expected) => {
    await using host = await start()
    const { token } = await signedIn(host)
    await host.given(streamed)
    const following = await follow(host, token, { conversation: id, ...(after !== undefined && { after }) })
    expect(await Array.fromAsync(following)).toEqual(expected)
  })

  test('a typed client follows as well', async () => {
    await using host = await start()
    const { api } = await signedIn(host)
    await host.given(streamed)
    expect(await Array.fromAsync(api.followChat({ query: { conversation: id } }))).toEqual(whole)
  })

  test('where there is no answer yet, the next one is waited for', async () => {
    await using host = await start()
    const user = await signedIn(host)
    const following = await follow(host, user.token, { conversation: id })
    const asked = await Array.fromAsync(ask(user, 'Hello'))
    expect(await Array.fromAsync(following)).toEqual(asked)
  })

  test('where the last answer was seen to its end, the next one is waited for', async () => {
    await using host = await start()
    const user = await signedIn(host)
    await host.given(streamed)
    const following = await follow(host, user.token, { conversation: id, after: '4' })
    const asked = await Array.fromAsync(ask(user, 'Hello'))
    expect(await Array.fromAsync(following)).toEqual(asked)
  })

  test('an answer is followed while it is given: what was missed first, then word by word', async () => {
    await using host = await start()
    const user = await signedIn(host)
    const asked: unknown[] = []
    let followed: Promise<unknown[]> | undefined
    for await (const event of ask(user, 'one two three four')) {
      if (asked.push(event) === 3)
        followed = Array.fromAsync(await follow(host, user.token, { conversation: id, after: '1' }))
    }
    expect(await followed).toEqual(asked.slice(1))
  })

  test('a session that is over ends the following', async () => {
    await using host = await start()
    const user = await signedIn(host)
    const following = await follow(host, user.token, { conversation: id })
    await user.api.signOut()
    expect(await Array.fromAsync(following)).toMatchObject([{ event: 'error', data: { code: 'session_expired' } }])
  })
})
