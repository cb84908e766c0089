import type { Browser, Page } from 'playwright-core'
import { chromiumMissing, findChromium, launchChromium } from '#harness/browser/chromium.ts'
import { clearedProfiles, type Profiles } from '#harness/browser/scenario/profiles.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import type { TemporaryProject } from '#harness/testing/temporary-project.ts'
import type { Page as Served } from './page.ts'
import { deskProject, startDesk, type DeskStack } from './testing/desk-stack.ts'
import { openWatched, type WatchedPage } from './testing/watched-page.ts'

/** Enough for a story, and for building the page, on a busy machine. */
const storyMs = 60_000
const patienceMs = 20_000

const someNote = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const otherNote = 'a2f6b0de-6f4b-4f3e-8d5c-1c2b3a495867'

const hasChromium = findChromium() !== undefined
if (!hasChromium) process.stderr.write(`The dashboard is not tried in a browser: ${chromiumMissing}\n`)
// oxlint-disable-next-line jest/no-disabled-tests -- the reason is printed above
const inBrowser = hasChromium ? test : test.skip

let project: TemporaryProject
let browser: Browser
let profiles: Profiles
let shared: DeskStack
let dashboardPage: () => Served
beforeAll(async () => {
  if (!hasChromium) return
  project = await deskProject()
  // Before the modules are loaded that look for the project.
  process.env['CONCORDAT_ROOT'] = project.root
  ;({ dashboardPage } = await import('./page.ts'))
  const { buildPage } = await import('./serving/built-page.ts')
  const [launched] = await Promise.all([launchChromium(), buildPage()])
  browser = launched
  profiles = clearedProfiles(browser)
  shared = await startDesk(dashboardPage())
}, storyMs)
afterAll(async () => {
  await browser?.close()
  await shared?.[Symbol.asyncDispose]()
  await project?.[Symbol.asyncDispose]()
})

type Opened = AsyncDisposable & Readonly<{ desk: DeskStack; tab: WatchedPage; page: Page }>

/** A desk at which nothing has happened yet, and its dashboard in a tab. */
async function openDesk(whose: 'shared' | 'own' = 'shared'): Promise<Opened> {
  await using resources = new AsyncDisposableStack()
  const desk = whose === 'shared' ? shared : resources.use(await startDesk(dashboardPage()))
  await desk.controlled.reset()
  desk.controlled.clearExchanges()
  const tab = resources.use(await openWatched(profiles, desk.host.pageUrl))
  tab.page.setDefaultTimeout(patienceMs)
  await tab.page.getByText('live', { exact: true }).waitFor()
  const owned = resources.move()
  return { desk, tab, page: tab.page, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

const edge = { consumer: 'writer', provider: 'notes' }

/** A call as a tap reports it: of something that is not there, each of something else. */
function lostCall(id: number): Exchange {
  const request = { id, method: 'GET', path: `/nowhere/${id}`, headers: {}, body: Buffer.alloc(0) }
  const reply = { status: 404, headers: {}, body: Buffer.alloc(0) }
  return { id, at: Date.now(), request, reply, durationMs: 1, outcome: 'answered' }
}

function expectClean({ console, outside }: WatchedPage): void {
  expect(console.errors()).toEqual([])
  expect(outside()).toEqual([])
}

function post(url: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer top-secret' }
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** Has a page believe that its tab is shown, or is not: a browser without windows hides none. */
async function show(page: Page, state: 'visible' | 'hidden'): Promise<void> {
  await page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}

function rows(page: Page) {
  return page.getByRole('listbox', { name: 'Requests, newest first' }).getByRole('option')
}

function row(page: Page, text: string) {
  return rows(page).filter({ hasText: text })
}

inBrowser(
  'traffic arrives as it happens; a request opens with what was said and the interaction that it is like',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    await page.getByText('No requests yet.').waitFor()
    await post(`${desk.notes}/notes`, { text: 'a' })
    await row(page, 'addNote').click()
    const request = page.getByRole('article', { name: 'Request' })
    await request.getByText('In the pact of writer: “adds a note”.').waitFor()
    expect(await request.locator('pre').allTextContents()).toEqual([
      expect.stringContaining('"text": "a"'),
      expect.stringContaining('"at"'),
    ])
    await request.getByText('Headers').first().click()
    expect(await request.textContent()).not.toContain('top-secret')
    await page.getByRole('button', { name: 'writer → notes: 1 requests, 0 % errors, 0 faults' }).waitFor()
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'a near miss is explained',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    await fetch(`${desk.notes}/notez/${someNote}`)
    await row(page, '/notez/').click()
    const request = page.getByRole('article', { name: 'Request' })
    await request.getByText('No operation of notes matches.').waitFor()
    await request.getByText('Nearest is getNote (GET /notes/{id}); it differs in:').waitFor()
    await request.getByText('/notez/').last().waitFor()
    await page.getByRole('button', { name: '1 requests, 100 % errors' }).waitFor()
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'the events of a stream and the messages of a channel are shown',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    await (await post(`${desk.notes}/notes/dictate`, { words: ['one', 'two'] })).text()
    await row(page, 'dictate').click()
    await page.getByRole('heading', { name: 'Events 3' }).waitFor()
    expect(await page.locator('.said li').allTextContents()).toEqual([
      expect.stringMatching(/word.*\{"word":"one"\}/),
      expect.stringMatching(/word.*\{"word":"two"\}/),
      expect.stringMatching(/done.*"text":"one two"/),
    ])
    const socket = new WebSocket(`${desk.notes.replace('http', 'ws')}/desk`)
    socket.addEventListener('open', () => socket.send(JSON.stringify({ type: 'ask', data: { token: 'abc' } })))
    socket.addEventListener('message', () => socket.close())
    await row(page, '/desk').click()
    await page.getByRole('heading', { name: 'Messages 2' }).waitFor()
    expect(await page.locator('.said li').allTextContents()).toEqual([
      expect.stringContaining('consumer'),
      expect.stringMatching(/provider.*hello 3/),
    ])
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'a state is set up by its form; mistakes are told at their fields; a reset takes it back',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    tab.console.expect(/status of 422/)
    await page.getByRole('button', { name: 'notes: mock at' }).press('Enter')
    const panel = page.getByRole('tabpanel', { name: 'components' })
    await panel.getByLabel('state', { exact: true }).selectOption('noteExists')
    await panel.getByLabel('id', { exact: true }).fill('no id')
    await panel.getByLabel('text', { exact: true }).fill('hello')
    await panel.getByRole('button', { name: 'Set up' }).click()
    await panel.getByRole('alert').filter({ hasText: 'UUID' }).waitFor()
    expect(await panel.getByLabel('id', { exact: true }).getAttribute('aria-invalid')).toBe('true')

    await panel.getByLabel('id', { exact: true }).fill(someNote)
    await panel.getByRole('button', { name: 'Set up' }).click()
    await panel.getByText('noteExists is set up.').waitFor()
    await panel.getByText('notes: noteExists').waitFor()
    expect((await fetch(`${desk.notes}/notes/${someNote}`)).status).toBe(200)

    await panel.getByText('For all sessions').click()
    await panel.getByLabel('session', { exact: true }).fill('mine')
    await panel.getByLabel('id', { exact: true }).fill(otherNote)
    await panel.getByRole('button', { name: 'Set up' }).click()
    await panel.getByText('in session mine').waitFor()
    const asked = `${desk.notes}/notes/${otherNote}`
    const headers = { 'x-concordat-session': 'mine' }
    expect([(await fetch(asked)).status, (await fetch(asked, { headers })).status]).toEqual([404, 200])

    await page.getByRole('button', { name: 'Reset' }).click()
    await page.getByRole('button', { name: 'Take back all states and faults?' }).click()
    await panel.getByText('Nothing.').waitFor()
    expect((await fetch(`${desk.notes}/notes/${someNote}`)).status).toBe(404)
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'a fault is armed on one operation of an edge, shown where it acts, and cleared by one click',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    await page.keyboard.press('3')
    const panel = page.getByRole('tabpanel', { name: 'faults' })
    await panel.getByLabel('edge', { exact: true }).selectOption('writer → notes')
    await panel.getByLabel('operation', { exact: true }).selectOption('listNotes')
    await panel.getByLabel('fault', { exact: true }).selectOption({ label: 'Refusal with a status' })
    await panel.getByLabel('status', { exact: true }).fill('4')
    await panel.getByRole('button', { name: 'Arm', exact: true }).click()
    await panel.getByRole('alert').waitFor()
    await panel.getByLabel('status', { exact: true }).fill('503')
    await panel.getByLabel('retry after seconds').fill('30')
    await panel.getByRole('button', { name: 'Arm', exact: true }).click()
    const armed = panel.getByRole('list', { name: 'Armed faults' })
    await armed.getByText('503, retry after 30 s').waitFor()

    const refused = await fetch(`${desk.notes}/notes`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '30'])
    expect((await post(`${desk.notes}/notes`, { text: 'a' })).status).toBe(201)
    await row(page, 'listNotes').filter({ hasText: '503' }).filter({ hasText: 'with faults status' }).waitFor()
    await page.getByRole('button', { name: '1 faults' }).waitFor()
    await armed.getByText('has acted once').waitFor()

    await armed.getByRole('button', { name: 'Clear 503, retry after 30 s on writer → notes' }).click()
    await panel.getByText('No faults').waitFor()
    expect((await fetch(`${desk.notes}/notes`)).status).toBe(200)
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'a notice is shown until it is put away',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    desk.controlled.notice({ level: 'warning', component: 'notes', message: 'The mock was loaded again.' })
    await page.getByText('The mock was loaded again.').waitFor()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByText('The mock was loaded again.').waitFor({ state: 'detached' })
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'requests are found and read by keyboard alone',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    await post(`${desk.notes}/notes`, { text: 'a' })
    await fetch(`${desk.notes}/notes`)
    await row(page, 'listNotes').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('-listNotes')
    await page.getByText('1 of 2 requests').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('heading', { name: 'POST /notes' }).waitFor()
    const list = page.getByRole('listbox', { name: 'Requests, newest first' })
    expect(await list.getAttribute('aria-activedescendant')).toMatch(/^request-\d+$/)
    await page.keyboard.press('Escape')
    await page.getByText('Choose a request').waitFor()
    await page.keyboard.press('4')
    expect(await page.getByRole('tab', { name: 'coverage' }).getAttribute('aria-selected')).toBe('true')
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'coverage tells what of the pacts was called, and what was called that is in none',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    await post(`${desk.notes}/notes`, { text: 'a' })
    await fetch(`${desk.notes}/notes`)
    await fetch(`${desk.notes}/nowhere`)
    await page.getByRole('tab', { name: 'coverage' }).click()
    const card = page.locator('.card').filter({ has: page.getByRole('heading', { name: 'writer → notes' }) })
    await card.getByText('1 of 2 interactions of its pact seen').waitFor()
    await card.getByText('1 of 2 calls are in a pact').waitFor()
    await card.getByRole('button', { name: '1 not in the contract' }).click()
    await page.getByText('1 of 3 requests').waitFor()
    expect(await rows(page).allTextContents()).toEqual([expect.stringContaining('/nowhere')])
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'a thousand requests are there without all of them being drawn, and repeats take one row',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    for (let id = 1; id <= 1200; id++) desk.controlled.note(edge, lostCall(id))
    await page.getByText('the last 1000 requests').waitFor()
    await page.getByRole('button', { name: 'writer → notes: 1200 requests' }).waitFor()
    expect(await rows(page).count()).toBeLessThan(60)
    await page.getByRole('listbox').focus()
    await page.keyboard.press('End')
    const last = rows(page).and(page.getByRole('option', { selected: true }))
    expect([await last.getAttribute('aria-posinset'), await last.getAttribute('aria-setsize')]).toEqual([
      '1000',
      '1000',
    ])

    await page.getByRole('button', { name: 'Clear requests' }).click()
    await page.getByText('No requests yet.').waitFor()
    for (let count = 0; count < 5; count++) await fetch(`${desk.notes}/notes`)
    await row(page, '5 × listNotes').waitFor()
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'the token of another stack is refused in words, and the line that is printed may be pasted',
  async () => {
    await using opened = await openDesk()
    const { desk, page, tab } = opened
    tab.console.expect(/status of 401/)
    await page.goto(`${desk.host.url}/#wrong`)
    await page.getByRole('heading', { name: 'That is not the token of this stack' }).waitFor()
    await page.getByLabel('Address or token').fill(`control  ${desk.host.pageUrl}`)
    await page.keyboard.press('Enter')
    await page.getByText('No requests yet.').waitFor()
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'a stack that is gone is told as gone; what it was stays readable; one in its place is found',
  async () => {
    await using opened = await openDesk('own')
    const { desk, page, tab } = opened
    tab.console.expect(/ERR_|Failed to load/)
    await post(`${desk.notes}/notes`, { text: 'a' })
    await row(page, 'addNote').waitFor()
    await desk[Symbol.asyncDispose]()
    await page.getByRole('alert').filter({ hasText: 'The stack does not answer any more' }).waitFor()
    await row(page, 'addNote').waitFor()

    const { port, token } = desk.host
    await using again = await startDesk(dashboardPage(), { port, token })
    await page.getByText('live', { exact: true }).waitFor()
    await page.getByText('No requests yet.').waitFor()
    await post(`${again.notes}/notes`, { text: 'b' })
    await row(page, 'addNote').waitFor()
    expectClean(tab)
  },
  storyMs,
)

inBrowser(
  'a tab that nobody looks at lets go of the stack, and has all that was missed when somebody does',
  async () => {
    await using opened = await openDesk()
    const { desk, tab, page } = opened
    await show(page, 'hidden')
    await page.getByText('resting', { exact: true }).waitFor()
    await post(`${desk.notes}/notes`, { text: 'a' })
    await show(page, 'visible')
    await row(page, 'addNote').waitFor()
    expectClean(tab)
  },
  storyMs,
)
