import type { Browser, Page } from 'playwright-core'
import { watchConsoles, type ConsoleWatch } from '#harness/browser/scenario/console-watch.ts'

/** A tab that is watched: what its console says, and what it asks for elsewhere. */
export type WatchedPage = AsyncDisposable &
  Readonly<{ page: Page; console: ConsoleWatch; outside: () => readonly string[] }>

/** Opens an address in a tab with a profile of its own. */
export async function openWatched(browser: Browser, url: string): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const console = watchConsoles()
  console.watch(page)
  const { origin } = new URL(url)
  const outside: string[] = []
  page.on('request', (request) => {
    const asked = request.url()
    if (!asked.startsWith(origin) && !asked.startsWith('data:')) outside.push(asked)
  })
  page.on('websocket', (socket) => outside.push(socket.url()))
  await page.goto(url)
  return { page, console, outside: () => outside, [Symbol.asyncDispose]: () => context.close() }
}
