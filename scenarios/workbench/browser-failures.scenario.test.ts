import { browserStories, startingWith } from '#harness/browser/scenario/browser-stories.ts'
import { fault } from '#harness/fault/fault.ts'
import {
  answer,
  email,
  enter,
  failure,
  password,
  say,
  see,
  seeAnswer,
  shownTexts,
  signedIn,
  startConversation,
} from './browser-steps.ts'

const conversation = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const message = 'a2f6b0de-6f4b-4f3e-8d5c-1c2b3a495867'

await browserStories('workbench', ['mock'], {
  async 'a wrong password is refused, and the right one lets in'(stage) {
    const { page } = stage
    stage.expectError(/status of 401/)
    await stage.setUp('backend', 'userExists', { email, password: 'another-password' })
    await enter(page)
    await see(page, 'E-mail address or password is wrong.')
    await page.fill('[name=password]', 'another-password')
    await page.keyboard.press('Enter')
    await see(page, 'What are you thinking about?')
  },

  async 'who tried too often has to wait, and sees how long'(stage) {
    const { page } = stage
    stage.expectError(/status of 429/)
    await stage.setUp('backend', 'signInLimitReached', { email })
    await enter(page)
    await see(page, /Try again in \d\d seconds/)
    expect(await page.locator('[type=submit]').isDisabled()).toBe(true)
  },

  async 'a limit is counted down, and then lets in'(stage) {
    const { page } = stage
    stage.expectError(/status of 429/)
    await stage.setUp('backend', 'userExists', { email, password })
    stage.fault('backend', fault.rateLimited(2, { times: 1 }), { operation: 'signIn' })
    await enter(page)
    await see(page, 'Try again in 2 seconds.')
    expect(await page.locator('[type=submit]').isDisabled()).toBe(true)
    await see(page, 'Try again in 1 seconds.')
    await see(page, 'You can try again now.')
    await page.click('[type=submit]')
    await see(page, 'What are you thinking about?')
  },

  ...startingWith(signedIn, {
    async 'a conversation is renamed and deleted, with mistakes said at their field'(stage) {
      const { page } = stage
      stage.expectError(/status of (422|404)/)
      await page.click('[data-testid=new-conversation]')
      await page.fill('[name=title]', '   ')
      await page.click('[data-testid=create]')
      await page.getByLabel('Title').and(page.locator('[aria-invalid=true]')).waitFor()
      await page.keyboard.press('Escape')
      await startConversation(page, 'Plans')

      await page.getByRole('button', { name: 'Rename conversation' }).click()
      await page.fill('[name=title]', 'Plans for spring')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Plans for spring' }).waitFor()
      await page.getByRole('link', { name: 'Plans for spring' }).waitFor()
      const path = page.url()

      await page.getByRole('button', { name: 'Delete conversation' }).click()
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
      await see(page, 'No conversations yet.')
      await page.goto(path)
      await see(page, 'There is no such conversation')
    },

    async 'older conversations come when they are asked for'(stage) {
      const { page } = stage
      const titles = Array.from({ length: 25 }, (_, index) => `Conversation ${index + 1}`)
      await stage.setUp('backend', 'conversationsExist', { owner: email, titles })
      await page.reload()
      const links = page.getByRole('navigation', { name: 'Conversations' }).getByRole('link')
      await links.nth(19).waitFor()
      expect(await links.count()).toBe(20)
      await page.getByRole('button', { name: 'Show older ones' }).click()
      await links.nth(24).waitFor()
      expect(await links.last().textContent()).toContain('Conversation 1')
    },

    async 'a session that ends in the middle of an answer asks to sign in again, and goes on where it was'(stage) {
      const { page } = stage
      stage.expectError(/status of 401/)
      await startConversation(page, 'Long')
      await stage.setUp('backend', 'modelAnswers', { text: 'word '.repeat(2000).trim() })
      await say(page, 'Tell me a long story')
      await seeAnswer(page, /word word/)
      await stage.setUp('backend', 'userExists', { email, password })
      await stage.setUp('backend', 'sessionExpired', { email })
      await see(page, 'Your session is over.')
      await enter(page)
      await page.getByRole('heading', { name: 'Long' }).waitFor()
      expect(await page.getByTestId('user-message').first().textContent()).toBe('Tell me a long story')
    },

    async 'a store that does not answer is told, and a model that fails is too'(stage) {
      const { page } = stage
      stage.expectError(/status of 503/)
      await stage.setUp('backend', 'storeDown', { store: 'cache' })
      await page.getByRole('link', { name: 'Status' }).click()
      await see(page, 'Does not answer')
      await stage.setUp('backend', 'allHealthy', {})
      await page.getByRole('button', { name: 'Ask again' }).click()
      await page.getByText('Does not answer').waitFor({ state: 'detached' })

      await stage.setUp('backend', 'modelFails', { afterTokens: 2 })
      await startConversation(page, 'Hard')
      await say(page, 'Why?')
      await see(page, 'The answer could not be completed.')
      expect(await answer(page).textContent()).toContain('word1 word2')
    },

    async 'a server that takes its time is waited for, and the page says for what'(stage) {
      const { page } = stage
      await see(page, 'No conversations yet.')
      stage.fault('backend', fault.latency(700), { operation: 'listConversations' })
      await page.reload()
      await see(page, 'Loading conversations…')
      await see(page, 'No conversations yet.')
    },

    async 'a server that is not available for a moment is not noticed; for longer, it is, and can be tried again'(
      stage,
    ) {
      const { page } = stage
      stage.expectError(/status of 503/)
      stage.fault('backend', fault.status(503, { times: 2 }), { operation: 'listConversations' })
      await see(page, 'No conversations yet.')

      stage.fault('backend', fault.status(503), { operation: 'listConversations' })
      await page.reload()
      await see(page, 'Your conversations cannot be shown.')
      expect(await failure(page, 'unavailable').textContent()).toContain('not available at the moment')
      stage.fault('backend', [])
      await page.getByRole('button', { name: 'Try again' }).click()
      await see(page, 'No conversations yet.')
    },

    async 'an answer that is cut keeps what came, and says so'(stage) {
      const { page } = stage
      stage.expectError(/ERR_/)
      await startConversation(page, 'Cut')
      await stage.setUp('backend', 'modelAnswers', { text: 'word '.repeat(2000).trim() })
      stage.fault('backend', fault.cutAfter(3, { times: 1 }), { operation: 'streamChat' })
      await say(page, 'Tell me a long story')
      await see(page, 'The answer was broken off.')
      expect(await answer(page).textContent()).toMatch(/^word word word /)
      await stage.setUp('backend', 'modelAnswers', { text: 'The end.' })
      await page.getByRole('button', { name: 'Ask again' }).click()
      await seeAnswer(page, /^The end\.$/)
    },

    async 'an answer that goes on without its reader is resumed where the connection broke'(stage) {
      const { page } = stage
      stage.expectError(/ERR_/)
      await stage.setUp('backend', 'conversationExists', { owner: email, id: conversation, title: 'Under way' })
      const tokens = ['one ', 'two ', 'three ', 'four ', 'five']
      await stage.setUp('backend', 'answerUnderWay', { conversation, message, tokens })
      stage.fault('backend', fault.cutAfter(2, { times: 1 }), { operation: 'followChat' })
      await page.goto(new URL(`/conversations/${conversation}`, page.url()).href)
      await seeAnswer(page, /^one two three four five$/)
    },

    async 'slow words are shown as they come'(stage) {
      const { page } = stage
      await startConversation(page, 'Slow')
      stage.fault('backend', fault.slowTokens({ eventsPerSecond: 4 }), { operation: 'streamChat' })
      const shown = await shownTexts(page)
      await say(page, 'one two three')
      await seeAnswer(page, /^You said: one two three$/)
      const texts = await shown()
      expect(texts.length).toBeGreaterThanOrEqual(3)
      expect(texts.filter((text) => !'You said: one two three'.startsWith(text))).toEqual([])
    },

    async 'a connection that breaks loses nothing that was written'(stage) {
      const { page } = stage
      stage.expectError(/ERR_/)
      stage.fault('backend', fault.reset(), { operation: 'createConversation' })
      await page.click('[data-testid=new-conversation]')
      await page.fill('[name=title]', 'Kept')
      await page.click('[data-testid=create]')
      await see(page, 'The conversation was not created.')
      await see(page, 'The server cannot be reached.')
      stage.fault('backend', fault.reset(), { operation: 'streamChat' })
      await page.click('[data-testid=create]')
      await page.getByRole('heading', { name: 'Kept' }).waitFor()

      await say(page, 'Hello')
      await see(page, 'The server cannot be reached.')
      stage.fault('backend', [])
      await page.getByRole('button', { name: 'Ask again' }).click()
      await seeAnswer(page, /^You said: Hello$/)
    },

    async 'an answer that is none is never shown as one'(stage) {
      const { page } = stage
      stage.fault('backend', fault.malformed(), { operation: 'listConversations' })
      await page.reload()
      await failure(page, 'misunderstood').waitFor()
      stage.fault('backend', fault.contentType('text/html'), { operation: 'listConversations' })
      await page.reload()
      await failure(page, 'misunderstood').waitFor()
      await see(page, 'The server answered something that this page does not understand.')
      stage.fault('backend', [])
      await page.getByRole('button', { name: 'Try again' }).click()
      await see(page, 'No conversations yet.')
      await startConversation(page, 'Strange')
      stage.fault('backend', fault.malformed({ times: 1 }), { operation: 'streamChat' })
      await say(page, 'Hello')
      await see(page, 'The server answered something that this page does not understand.')
    },

    async 'a server that never answers is given up, in time'(stage) {
      const { page } = stage
      stage.spendProfile()
      await page.clock.install()
      stage.fault('backend', fault.hang(), { operation: 'createConversation' })
      await page.click('[data-testid=new-conversation]')
      await page.fill('[name=title]', 'Nothing')
      await page.click('[data-testid=create]')
      await see(page, 'Creating…')
      await page.clock.fastForward(10_000)
      await see(page, 'The server did not answer in time.')
    },

    async 'messages of a channel that come twice show an answer once'(stage) {
      const { page } = stage
      await startConversation(page, 'Twice')
      stage.fault('backend', fault.duplicateMessage(), { operation: 'live' })
      const other = await stage.openTab(new URL(page.url()).pathname)
      await see(other, '2 are here')
      await say(page, 'Hello')
      await seeAnswer(other, /^You said: Hello$/)
      expect(await other.getByTestId('assistant-message').count()).toBe(1)
    },

    async 'messages of a channel that get lost leave an answer to the next time that it is asked for'(stage) {
      const { page } = stage
      await startConversation(page, 'Lost')
      stage.fault('backend', fault.dropMessage(), { operation: 'live' })
      const other = await stage.openTab(new URL(page.url()).pathname)
      await see(other, 'Connected')
      await say(page, 'Hello')
      await seeAnswer(page, /^You said: Hello$/)
      expect(await other.getByTestId('assistant-message').count()).toBe(0)
      stage.fault('backend', [])
      await other.reload()
      await seeAnswer(other, /^You said: Hello$/)
    },

    async 'without a network the page says so, and goes on by itself when it is back'(stage) {
      const { page } = stage
      stage.expectError(/ERR_INTERNET_DISCONNECTED/)
      await see(page, 'No conversations yet.')
      await page.context().setOffline(true)
      await see(page, 'You are offline.')
      await page.getByRole('link', { name: 'Status' }).click()
      await failure(page, 'unreachable').waitFor()
      await page.context().setOffline(false)
      await page.getByText('You are offline.').waitFor({ state: 'detached' })
      await see(page, 'Answers')
    },
  }),
})
