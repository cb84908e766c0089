import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { withEvidence } from '#harness/scenario/failed-story.ts'
import type { BrowserStory } from './browser-stories.ts'
import { watchConsoles, type ConsoleWatch } from './console-watch.ts'
import type { BrowserKind, Stage } from './stage.ts'
import type { Theatre } from './theatre.ts'

/** How long a step of a story may take before it fails. */
const stepMs = 20_000

type Told = Readonly<{ kind: BrowserKind; story: string; run: BrowserStory }>

/** Tells a story with a browser profile of its own. Throws what the story throws, with screenshots of its tabs. */
export async function tellStory(theatre: Theatre, { kind, story, run }: Told): Promise<void> {
  await theatre.reset()
  const context = await theatre.browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  context.setDefaultTimeout(stepMs)
  const consoles = watchConsoles()
  try {
    await run(await openStage(theatre, { kind, context, consoles }))
    expect(consoles.errors()).toEqual([])
    expect(theatre.findings()).toBe('')
  } catch (error) {
    const said = consoles.errors().map((text) => `console: ${text}`)
    throw withEvidence(error, [...said, ...(await screenshots(context, `${kind} ${story}`))].join('\n'))
  } finally {
    await context.close()
  }
}

type Opening = Readonly<{ kind: BrowserKind; context: BrowserContext; consoles: ConsoleWatch }>

async function openStage(theatre: Theatre, { kind, context, consoles }: Opening): Promise<Stage> {
  async function openTab(path: string): Promise<Page> {
    const page = await context.newPage()
    consoles.watch(page)
    await page.goto(`${theatre.origin}${path}`)
    return page
  }
  const page = await openTab('/')
  // Drawn: what the page needs is there, mocks in the browser too.
  await page.locator('#app > *, body > main').first().waitFor({ state: 'attached' })
  return {
    kind,
    page,
    openTab,
    setUp: (...args) => theatre.setUp(page, ...args),
    fault: theatre.fault,
    expectError: consoles.expect,
  }
}

/** Takes a picture of each tab; gives a line for each that says where it is. */
async function screenshots(context: BrowserContext, name: string): Promise<readonly string[]> {
  const folder = join(paths.scratch(), 'screenshots')
  await mkdir(folder, { recursive: true })
  const file = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
  const taken = context.pages().map(async (page, index) => {
    const path = join(folder, `${file}-${index + 1}.png`)
    await page.screenshot({ path, timeout: 5_000 })
    return `screenshot: ${relative(projectRoot, path)} (${page.url()})`
  })
  const settled = await Promise.allSettled(taken)
  return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
}
