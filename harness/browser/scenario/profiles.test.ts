import type { Browser } from 'playwright-core'
import { chromiumMissing, findChromium, launchChromium } from '../chromium.ts'
import { serveFolder, type ServedFolder } from '../serve-folder.ts'
import { undisturbed } from '../undisturbed.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { watchOutside } from './outside-requests.ts'
import { clearedProfiles, newProfiles } from './profiles.ts'

const hasChromium = findChromium() !== undefined
if (!hasChromium) process.stderr.write(`Browser profiles are not tried: ${chromiumMissing}\n`)
// oxlint-disable-next-line jest/no-disabled-tests -- the reason is printed above
const inBrowser = hasChromium ? test : test.skip

let folder: TemporaryProject
let served: ServedFolder
let browser: Browser
beforeAll(async () => {
  if (!hasChromium) return
  folder = await temporaryProject({ 'index.html': '<!doctype html><link rel="icon" href="data:," /><p>page</p>' })
  ;[served, browser] = await Promise.all([serveFolder(folder.root), launchChromium()])
}, 60_000)
afterAll(async () => {
  await browser?.close()
  await served?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

inBrowser('a cleared profile has nothing of the story before', () =>
  undisturbed(async () => {
    const profiles = clearedProfiles(browser)
    const first = await profiles.take()
    await first.page.goto(`http://localhost:${served.port}/`)
    await first.page.evaluate(() => {
      document.cookie = 'token=abc'
      localStorage.setItem('key', 'value')
      sessionStorage.setItem('key', 'value')
    })
    await (await first.context.newPage()).goto(`http://localhost:${served.port}/other`)
    await first.context.setOffline(true)
    await profiles.giveBack(first, false)

    const second = await profiles.take()
    expect(second.page).toBe(first.page)
    expect(second.context.pages()).toEqual([second.page])
    await second.page.goto(`http://localhost:${served.port}/`)
    expect(
      await second.page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length, navigator.onLine]),
    ).toEqual(['', 0, 0, true])
    await profiles.giveBack(second, true)
    expect((await profiles.take()).page).not.toBe(first.page)
  }),
)

inBrowser('a new profile is closed after its story', () =>
  undisturbed(async () => {
    const profiles = newProfiles(browser)
    const first = await profiles.take()
    await profiles.giveBack(first, false)
    expect(first.page.isClosed()).toBe(true)
  }),
)

inBrowser('what a page asks of others is seen', () =>
  undisturbed(async () => {
    const { page, context } = await newProfiles(browser).take()
    using outside = watchOutside([`localhost:${served.port}`])
    outside.watch(page)
    await page.goto(`http://localhost:${served.port}/`)
    await page.evaluate(() => fetch('data:,nothing'))
    expect(outside.asked()).toEqual([])
    await page.evaluate(() => fetch('http://127.0.0.1:9/fonts.css').catch(() => undefined))
    await Promise.all([
      page.waitForEvent('websocket'),
      page.evaluate(() => void new WebSocket('ws://127.0.0.1:9/live')),
    ])
    expect(outside.asked()).toEqual(['http://127.0.0.1:9/fonts.css', 'ws://127.0.0.1:9/live'])
    await context.close()
  }),
)
