import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumMissing, findChromium, launchChromium } from '#harness/browser/chromium.ts'
import { describeWhen } from '#harness/stack/testing/describe-when.ts'
import { finding } from '#harness/gate/testing/evidence.ts'
import { allTried, allWrong, reportOf } from '../testing/example-report.ts'
import { reportPage } from './page.ts'

const attack = `</script><script>alert(1)</script><img src="https://evil.example/x.png" onerror='alert(1)'>`

test('what tests and services say stands in the page as text', async () => {
  const page = reportPage(await reportOf(allWrong(attack)))
  expect(page).toContain('&lt;img src=&quot;https://evil.example/x.png&quot; onerror=&#39;alert(1)&#39;&gt;')
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(page).not.toContain('<img')
})

test('the page allows its own style and script alone, and asks for nothing', async () => {
  const page = reportPage(await reportOf())
  const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? []
  const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(page) ?? []
  const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`
  expect(page).toContain(`default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'`)
  expect(page.replaceAll(/<a [^>]*>/g, '')).not.toMatch(/(src|href|action)="|url\((?!#)|@import/)
})

test('a gate that is green shows every section', async () => {
  const page = reportPage(await reportOf())
  const ids = [...page.matchAll(/<section id="(\w+)">/g)].map(([, id]) => id)
  expect(ids).toEqual([
    'findings',
    'systems',
    'interactions',
    'operations',
    'coverage',
    'scenarios',
    'survival',
    'drifts',
    'load',
  ])
  expect(page).toContain('2 interactions of 1 edge were recorded, and hold on live and mock.')
})

test('calls that follow each other are one arrow, and what is missing in a pact or contract is said', async () => {
  const page = reportPage(await reportOf())
  expect(page).toContain('GET /books ×2')
  expect(page).toContain('… and 3 more.')
  expect(page).toMatch(/in no pact of that edge<\/h3>.*dropBook.*in no contract<\/h3>.*GET \/magazines/s)
})

test('lines of sources are links to the commit', async () => {
  const placed = { ...allTried, findings: [finding('layout', { edge: 'shop', path: 'mocks/shop/catalogue.mock.ts' })] }
  expect(reportPage(await reportOf(placed))).toContain(
    'href="https://github.com/owner/shop/blob/0123456789abcdef0123456789abcdef01234567/mocks/shop/catalogue.mock.ts#L1"',
  )
})

describeWhen(findChromium() === undefined ? chromiumMissing : undefined, 'in a browser', () => {
  test('it fits phones and screens, in light and dark, filters, and asks for nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'concordat-page-'))
    const file = join(folder, 'report.html')
    await writeFile(file, reportPage(await reportOf(allWrong(`${attack} ${'long'.repeat(40)}`))))
    const browser = await launchChromium()
    try {
      for (const width of [390, 1280, 1920]) {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: 'dark' })
        const asked: string[] = []
        const said: string[] = []
        page.on('request', (request) => asked.push(request.url()))
        page.on('console', (message) => said.push(message.text()))
        page.on('dialog', (dialog) => said.push(dialog.message()))
        await page.goto(`file://${file}`)
        await page.locator('#folds').click()
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
        const dark = await ground()
        await page.locator('#theme').click()
        expect(await ground()).not.toBe(dark)
        await page.locator('#filter').fill('reads a book')
        expect(await page.locator('#interactions tbody tr:visible').count()).toBe(1)
        expect({ width, asked, said, tooWide }).toEqual({ width, asked: [`file://${file}`], said: [], tooWide: 0 })
        await page.close()
      }
    } finally {
      await browser.close()
      await rm(folder, { recursive: true })
    }
  })
})
