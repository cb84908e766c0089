import type { Page } from 'playwright-core'
import { edgesFrom } from '#harness/contract/system.ts'
import type { App } from '../app.ts'
import { launchChromium } from '../chromium.ts'
import type { MockConsole } from '../page/start-mocks.ts'
import { buildPages, wellKnown } from './built-pages.ts'
import { newProfiles } from './profiles.ts'
import type { Theatre } from './theatre.ts'

/** The pages with mocks in the browser. Each browser profile has mocks of its own. */
export async function openMswTheatre(app: App): Promise<Theatre> {
  await using resources = new AsyncDisposableStack()
  const starting = launchChromium()
  resources.defer(async () => (await starting.catch(() => undefined))?.close())
  const { port } = resources.use(await buildPages(app, 'with mocks'))
  const browser = await starting
  const providers = edgesFrom(app.system, app.component).map(({ provider }) => provider)
  const owned = resources.move()
  return {
    profiles: newProfiles(browser),
    origin: `http://localhost:${port}`,
    // What is sent to the mocks is for a browser sent to where they seem to be.
    hosts: [`localhost:${port}`, ...providers.map((provider) => new URL(wellKnown(app, provider)).host)],
    // Mocks live as long as the browser profile of a story.
    reset: () => Promise.resolve(),
    setUp: (page, ...args) => setUpInPage(page, args),
    fault() {
      throw new TypeError(
        'mocks in the browser have no taps, so that nothing can fail on the way. Take mocks on ports.',
      )
    },
    // What a mock did outside its contract is on the console, which is watched.
    findings: () => '',
    evidence: () => '',
    traffic: () => ({}),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

type Args = Parameters<MockConsole['setUp']>

async function setUpInPage(page: Page, args: Args): Promise<Readonly<Record<string, unknown>>> {
  // A page that was loaded just now may not have started its mocks yet.
  await page.waitForFunction(() => 'concordat' in globalThis)
  return page.evaluate((given) => (globalThis as unknown as { concordat: MockConsole }).concordat.setUp(...given), args)
}
