import type { AnswerPart } from '#consumers/workbench/frontend/chat.ts'
import { stories } from '#harness/scenario/stories.ts'
import { signedInBrowser } from './browser.ts'

const email = 'ann@example.com'

await stories('workbench', ['msw', 'mock', 'live'], {
  async 'a session that expires in the middle of a stream ends it, and says so'(stack) {
    const browser = await signedInBrowser(stack, email)
    const { id } = await browser.conversations.create({ title: 'Long', model: 'gpt-4' })
    await stack.setUp('backend', 'modelAnswers', { text: 'word '.repeat(1000).trim() })

    const parts: AnswerPart[] = []
    for await (const part of browser.sendMessage(id, 'Tell me a long story')) {
      parts.push(part)
      if (parts.length === 2) await stack.setUp('backend', 'sessionExpired', { email })
    }
    expect(parts.at(-1)).toMatchObject({ kind: 'failed', reason: 'session_expired' })
    expect(parts.length).toBeLessThan(1000)
    expect(await browser.whoAmI()).toBeNull()
  },
})
