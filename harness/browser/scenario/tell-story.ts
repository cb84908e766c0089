import type { Page } from 'playwright-core'
import { withEvidence } from '#harness/scenario/failed-story.ts'
import type { BrowserStory } from './browser-stories.ts'
import { watchConsoles, type ConsoleWatch } from './console-watch.ts'
import { watchOutside, type OutsideRequests } from './outside-requests.ts'
import type { Profile } from './profiles.ts'
import { takeScreenshots } from './screenshots.ts'
import type { BrowserKind, Stage } from './stage.ts'
import type { Theatre } from './theatre.ts'

/** How long a step of a story may take before it fails. */
const stepMs = 20_000

type Told = Readonly<{
  kind: BrowserKind
  story: string
  run: BrowserStory
  /** Told before the first page is loaded. */
  before: BrowserStory | undefined
}>

/** Tells a story with a browser profile of its own. Throws what the story throws, with screenshots of its tabs. */
export async function tellStory(theatre: Theatre, told: Told): Promise<void> {
  await theatre.reset()
  const profile = await theatre.profiles.take()
  profile.context.setDefaultTimeout(stepMs)
  using consoles = watchConsoles()
  using outside = watchOutside(theatre.hosts)
  let isSpent = false
  const spendProfile = (): void => void (isSpent = true)
  try {
    await play({ theatre, profile, consoles, outside, spendProfile }, told)
    expect(consoles.errors()).toEqual([])
    expect(outside.asked()).toEqual([])
    expect(theatre.findings()).toBe('')
  } catch (error) {
    isSpent = true
    const said = consoles.errors().map((text) => `console: ${text}`)
    const shots = await takeScreenshots(profile.context, `${told.kind} ${told.story}`)
    throw withEvidence(error, [...said, ...shots].join('\n'))
  } finally {
    await theatre.profiles.giveBack(profile, isSpent)
  }
}

type Playing = Readonly<{
  theatre: Theatre
  profile: Profile
  consoles: ConsoleWatch
  outside: OutsideRequests
  spendProfile: () => void
}>

async function play({ theatre, profile, ...watches }: Playing, { kind, run, before }: Told): Promise<void> {
  const { consoles, outside, spendProfile } = watches
  const { context, page } = profile
  async function open(tab: Page, path: string): Promise<void> {
    consoles.watch(tab)
    outside.watch(tab)
    await tab.goto(`${theatre.origin}${path}`)
  }
  const stage: Stage = {
    kind,
    origin: theatre.origin,
    page,
    async openTab(path) {
      const tab = await context.newPage()
      await open(tab, path)
      return tab
    },
    setUp: (...args) => theatre.setUp(page, ...args),
    fault: theatre.fault,
    expectError: consoles.expect,
    spendProfile,
  }
  await before?.(stage)
  await open(page, '/')
  // Drawn: what the page needs is there, mocks in the browser too.
  await page.locator('#app > *, body > main').first().waitFor({ state: 'attached' })
  await run(stage)
}
