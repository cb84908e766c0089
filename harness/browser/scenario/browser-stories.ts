import { keepResult } from '#harness/project/results.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { withEvidence } from '#harness/scenario/failed-story.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import { findApp } from '../app.ts'
import { undisturbed } from '../undisturbed.ts'
import { chromiumMissing, findChromium } from '../chromium.ts'
import type { BrowserKind, Stage } from './stage.ts'
import { tellStory } from './tell-story.ts'
import type { Theatre } from './theatre.ts'
import { theatresOf } from './theatres.ts'

/** Enough for a story on a busy machine, and to begin it anew. */
const storyMs = 150_000

/** Tells one story in a browser. */
export type BrowserStory = (stage: Stage) => Promise<void>

/** A story, and what it begins with: told while the tab is still blank. Not for mocks in the browser, which begin with a page. */
export type PreparedStory = Readonly<{ before: BrowserStory; tell: BrowserStory }>

export type BrowserStories = Readonly<Record<string, BrowserStory | PreparedStory>>

/** Stories that all begin with the same. */
export function startingWith(before: BrowserStory, stories: Readonly<Record<string, BrowserStory>>): BrowserStories {
  return Object.fromEntries(Object.entries(stories).map(([name, tell]) => [name, { before, tell }]))
}

const kindNames = { msw: 'mocks in the browser', mock: 'mocks on ports', live: 'live' } as const

/**
 * Registers one Jest test for each story on each kind, told in a real Chromium with the pages of the system's app. A story
 * fails as well where a page had an error on its console that the story does not expect; a story that fails leaves a
 * screenshot of each tab and says where. Without a Chromium the stories are skipped, and why is said.
 */
// oxlint-disable-next-line eslint/max-params -- options are seldom given
export async function browserStories(
  systemName: string,
  kinds: readonly BrowserKind[],
  tell: BrowserStories,
): Promise<void> {
  const system = await loadSystem(systemName)
  const app = findApp(system)
  if (findChromium() === undefined) return skipAll(kinds, tell)
  const theatres = theatresOf(app, kinds)
  afterAll(() => theatres[Symbol.asyncDispose](), startUpMs)

  describe.each(kinds)('the pages of %s', (kind) => {
    let theatre: Theatre
    beforeAll(async () => {
      theatre = await theatres.open(kind)
    }, startUpMs)
    afterAll(() => theatre?.[Symbol.asyncDispose](), startUpMs)

    test.each(Object.entries(tell))(
      '%s',
      async (story, told) => {
        const { before, tell: run } = typeof told === 'function' ? { before: undefined, tell: told } : told
        const result = { kind: 'scenario', system: systemName, story, target: kindNames[kind] } as const
        const started = performance.now()
        const keep = (passed: boolean): Promise<void> => {
          const milliseconds = Math.round(performance.now() - started)
          return keepResult({ ...result, passed, milliseconds, ...theatre?.traffic() })
        }
        try {
          await undisturbed(() => tellStory(theatre, { kind, story, run, before }))
          await keep(true)
        } catch (error) {
          await keep(false)
          throw withEvidence(error, theatre.evidence())
        }
      },
      storyMs,
    )
  })
}

function skipAll(kinds: readonly BrowserKind[], tell: BrowserStories): void {
  test('without a Chromium no story is told in a browser', () => {
    process.stderr.write(`${chromiumMissing}\n`)
    expect(findChromium({ CHROMIUM_PATH: '/opt/chromium' })).toBe('/opt/chromium')
  })
  // oxlint-disable-next-line jest/no-disabled-tests -- the reason is printed above
  for (const kind of kinds) test.skip.each(Object.keys(tell))(`on ${kindNames[kind]}: %s`, () => undefined)
}
