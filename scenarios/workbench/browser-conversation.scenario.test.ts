import { readFile } from 'node:fs/promises'
import { browserStories } from '#harness/browser/scenario/browser-stories.ts'
import { email, failure, say, see, seeAnswer, signIn, startConversation } from './browser-steps.ts'

await browserStories('workbench', ['msw', 'mock', 'live'], {
  async 'a user signs in, creates a conversation, sees the answer come in, and finds it again'(stage) {
    const { page } = stage
    await page.goto(new URL('/login', page.url()).href)
    await signIn(stage)
    await see(page, email)

    await startConversation(page, 'Test Chat')
    await say(page, 'Hello')
    await seeAnswer(page, /^You said: Hello$/)
    expect(await page.getByTestId('user-message').allTextContents()).toEqual(['Hello'])

    await page.reload()
    await seeAnswer(page, 'You said: Hello')
    await page.getByRole('navigation', { name: 'Conversations' }).getByText('Test Chat').waitFor()

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForSelector('[name=password]')
    await page.reload()
    await page.waitForSelector('[name=password]')
  },

  async 'two tabs know of each other, and one shows what the other asks for'(stage) {
    const { page } = stage
    await signIn(stage)
    await startConversation(page, 'Shared')
    await see(page, 'Only you are here')
    const other = await stage.openTab(new URL(page.url()).pathname)
    await see(page, '2 are here')
    await see(other, '2 are here')
    await say(page, 'Good morning')
    await seeAnswer(other, /^You said: Good morning$/)
    expect(await other.getByTestId('user-message').allTextContents()).toEqual(['Good morning'])
    expect(await other.getByTestId('assistant-message').count()).toBe(1)
    await other.close()
    await see(page, 'Only you are here')
  },

  async 'an answer is stopped, and the same question asked again'(stage) {
    const { page } = stage
    await signIn(stage)
    await startConversation(page, 'Long')
    await stage.setUp('backend', 'modelAnswers', { text: 'word '.repeat(2000).trim() })
    await say(page, 'Tell me a long story')
    await seeAnswer(page, /word word/)
    await page.getByRole('button', { name: 'Stop the answer' }).click()
    await see(page, 'Stopped.')
    await stage.setUp('backend', 'modelAnswers', { text: 'The end.' })
    await page.getByRole('button', { name: 'Ask again' }).click()
    await seeAnswer(page, /^The end\.$/)
  },

  async 'a file is stored and got back, and one that is refused says why'(stage) {
    const { page } = stage
    stage.expectError(/status of 415/)
    await signIn(stage)
    await page.getByRole('link', { name: 'Files' }).click()
    const text = { name: 'Pläne für den Mai.txt', mimeType: 'text/plain', buffer: Buffer.from('To the sea.') }
    await page.setInputFiles('[name=file]', text)
    await see(page, text.name)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Download ${text.name}` }).click(),
    ])
    expect(download.suggestedFilename()).toBe(text.name)
    expect(await readFile(await download.path(), 'utf8')).toBe('To the sea.')

    await page.setInputFiles('[name=file]', {
      name: 'plans.zip',
      mimeType: 'application/zip',
      buffer: Buffer.from('PK'),
    })
    await see(page, '“plans.zip” was not stored.')
    expect(await failure(page, 'refused').textContent()).toContain('not application/zip')
  },
})
