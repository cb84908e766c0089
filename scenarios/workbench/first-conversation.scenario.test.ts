import type { AnswerPart } from '#consumers/workbench/frontend/chat.ts'
import { stories } from '#harness/scenario/stories.ts'
import { newBrowser, signedInBrowser } from './browser.ts'

await stories('workbench', ['msw', 'mock', 'live'], {
  async 'a user signs in, creates a conversation, sees the answer stream in, and finds all of it again'(stack) {
    const browser = await signedInBrowser(stack)
    expect(await browser.whoAmI()).toMatchObject({ email: 'ann@example.com' })

    const { id } = await browser.conversations.create({ title: 'Test Chat', model: 'gpt-4' })
    const parts: AnswerPart[] = []
    for await (const part of browser.sendMessage(id, 'Hello')) parts.push(part)
    expect(parts.at(-1)?.kind).toBe('done')
    const text = parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    expect(text).toBe('You said: Hello')

    expect(await browser.conversations.list()).toMatchObject({
      totalItems: 1,
      conversations: [{ id, title: 'Test Chat' }],
    })
    expect(await browser.conversations.messages(id)).toMatchObject([
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: text },
    ])
    await browser.signOut()
    expect(await browser.whoAmI()).toBeNull()
  },

  async 'a second page sees an answer come in, token by token, while the first one asks'(stack) {
    const browser = await signedInBrowser(stack)
    const { id } = await browser.conversations.create({ title: 'Shared', model: 'gpt-4' })
    await using channel = await browser.openLiveChannel()
    const events = channel[Symbol.asyncIterator]()
    channel.subscribe(id)
    expect((await events.next()).value).toEqual({ kind: 'presence', conversation: id, viewers: 1 })

    const asked = (async () => {
      for await (const _part of browser.sendMessage(id, 'Good morning')) continue
    })()
    let text = ''
    for (let event = (await events.next()).value; event?.kind !== 'done'; event = (await events.next()).value) {
      if (event?.kind !== 'text') throw new Error(`expected a token, got ${JSON.stringify(event)}`)
      text += event.text
    }
    await asked
    expect(text).toBe('You said: Good morning')
  },

  async 'what somebody else wrote cannot be seen'(stack) {
    const ann = await signedInBrowser(stack)
    const { id } = await ann.conversations.create({ title: 'Private', model: 'gpt-4' })
    const bob = await signedInBrowser(stack, 'bob@example.com')
    await expect(bob.conversations.open(id)).rejects.toMatchObject({ status: 404 })
    expect(await bob.conversations.list()).toMatchObject({ totalItems: 0 })
    await expect(newBrowser(stack).conversations.list()).rejects.toMatchObject({ status: 401 })
  },
})
