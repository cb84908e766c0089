import type { Page } from 'playwright-core'
import { watchConsoles, type ConsoleWatch } from '#harness/browser/scenario/console-watch.ts'
import { watchOutside } from '#harness/browser/scenario/outside-requests.ts'
import type { Profiles } from '#harness/browser/scenario/profiles.ts'

/** A tab that is watched: what its console says, and what it asks for elsewhere. */
export type WatchedPage = AsyncDisposable &
  Readonly<{ page: Page; console: ConsoleWatch; outside: () => readonly string[] }>

/** Opens an address in a tab of a profile, which is given back when the tab is done with. */
export async function openWatched(profiles: Profiles, url: string): Promise<WatchedPage> {
  const profile = await profiles.take()
  const { page } = profile
  const console = watchConsoles()
  const outside = watchOutside([new URL(url).host])
  console.watch(page)
  outside.watch(page)
  await page.goto(url)
  return {
    page,
    console,
    outside: outside.asked,
    async [Symbol.asyncDispose]() {
      console[Symbol.dispose]()
      outside[Symbol.dispose]()
      await profiles.giveBack(profile, false)
    },
  }
}
