import type { Browser, BrowserContext, Page } from 'playwright-core'

/** A browser profile in which nobody has signed in, with one tab, which is blank. */
export type Profile = Readonly<{ context: BrowserContext; page: Page }>

/** Profiles for stories that are told one after another. */
export type Profiles = Readonly<{
  take: () => Promise<Profile>
  /** Gives a profile back; it is cleared for the next story, or closed where `isSpent`. */
  giveBack: (profile: Profile, isSpent: boolean) => Promise<void>
}>

const settings = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const

/** A new profile for each story: for pages that keep more than can be cleared, such as workers. */
export function newProfiles(browser: Browser): Profiles {
  return {
    take: () => openProfile(browser),
    giveBack: ({ context }) => context.close(),
  }
}

/**
 * One profile for all stories, cleared after each: cookies, storage, further tabs. Its tab has the scripts compiled by then,
 * which makes a story begin in half of the time.
 */
export function clearedProfiles(browser: Browser): Profiles {
  let kept: Profile | undefined
  return {
    async take() {
      const profile = kept ?? (await openProfile(browser))
      kept = undefined
      return profile
    },
    async giveBack(profile, isSpent) {
      const isClear = !isSpent && (await clear(profile))
      if (isClear) kept = profile
      else await profile.context.close()
    },
  }
}

async function openProfile(browser: Browser): Promise<Profile> {
  const context = await browser.newContext(settings)
  return { context, page: await context.newPage() }
}

/** Gives whether it could be done: a tab that was closed or has crashed is of no further use. */
async function clear({ context, page }: Profile): Promise<boolean> {
  try {
    for (const other of context.pages()) if (other !== page) await other.close()
    await context.setOffline(false)
    // It belongs to the tab, which stays.
    await page.evaluate(() => sessionStorage.clear())
    // From here on nothing is written or asked for any more.
    await page.goto('about:blank')
    await context.setStorageState({ cookies: [], origins: [] })
    return true
  } catch {
    return false
  }
}
