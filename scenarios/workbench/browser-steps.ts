import type { Locator, Page } from 'playwright-core'
import type { Stage } from '#harness/browser/scenario/stage.ts'

export const email = 'test@example.com'
export const password = 'password'

/** The owner of an account, signed in before the first page is loaded, as if that had been some days ago. */
export async function signedIn({ page, origin, setUp }: Stage): Promise<void> {
  const { token } = await setUp('backend', 'signedIn', { email })
  await page.context().setStorageState({
    cookies: [{ name: 'token', value: String(token), ...cookieOf(origin) }],
    origins: [{ origin, localStorage: [{ name: 'workbench.signed-in', value: 'yes' }] }],
  })
}

function cookieOf(origin: string) {
  const { hostname: domain } = new URL(origin)
  return { domain, path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Strict' } as const
}

/** An account, and its owner signed in by address and password. */
export async function signIn(stage: Stage): Promise<void> {
  await stage.setUp('backend', 'userExists', { email, password })
  await enter(stage.page)
  await stage.page.getByRole('navigation', { name: 'Conversations' }).waitFor()
}

/** Fills in the form, and sends it. */
export async function enter(page: Page): Promise<void> {
  await page.fill('[name=email]', email)
  await page.fill('[name=password]', password)
  await page.click('[type=submit]')
}

/** A new conversation, opened. */
export async function startConversation(page: Page, title: string): Promise<void> {
  await page.click('[data-testid=new-conversation]')
  await page.fill('[name=title]', title)
  await page.click('[data-testid=create]')
  await page.getByRole('heading', { name: title }).waitFor()
}

/** Writes a message and sends it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.fill('[data-testid=message-input]', text)
  await page.press('[data-testid=message-input]', 'Enter')
}

/** Waits until a text is to be seen. */
export async function see(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor()
}

/** The newest answer. */
export function answer(page: Page): Locator {
  return page.getByTestId('assistant-message').last()
}

/** Waits until the newest answer holds a text. */
export async function seeAnswer(page: Page, text: string | RegExp): Promise<void> {
  await answer(page).filter({ hasText: text }).waitFor()
}

/** The failure that a page shows, by its kind. */
export function failure(page: Page, kind: string): Locator {
  return page.locator(`[data-failure=${kind}]`)
}

/** Watches the newest answer from now on; what it gives tells all texts that it had, from its first word on. */
export async function shownTexts(page: Page): Promise<() => Promise<readonly string[]>> {
  const texts = await page.evaluateHandle(() => {
    const seen = new Set<string>()
    new MutationObserver(() => {
      const text = [...document.querySelectorAll('[data-testid=assistant-message]')].at(-1)?.textContent
      if (text) seen.add(text)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    return seen
  })
  return () => texts.evaluate((seen) => [...seen])
}
