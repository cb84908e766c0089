import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { dashboardPage, type PageSource } from './page.ts'
import { buildPage, findBuiltPage } from './serving/built-page.ts'
import { fingerprintFile, sourceFingerprint } from './serving/fingerprint.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-page-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Writes a page that is built from the sources as they are. */
async function writePage(): Promise<void> {
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), '<title>page</title>')
  await writeFile(join(folder, 'assets/a1.js'), 'export {}')
  await writeFile(join(folder, fingerprintFile), sourceFingerprint())
}

function pageOf(source: Partial<PageSource> = {}) {
  const build = () => Promise.reject(new Error('was not to be built'))
  const page = dashboardPage({ find: () => findBuiltPage([folder]), build, ...source })
  return async (path: string, method = 'GET') => {
    const answer = await page(new Request(`http://localhost${path}`, { method }))
    return answer && { status: answer.status, headers: answer.headers, text: await answer.text() }
  }
}

test('a built page is served, under a policy that lets nothing come from elsewhere', async () => {
  await writePage()
  const ask = pageOf()
  const index = await ask('/')
  expect([index?.status, index?.text]).toEqual([200, '<title>page</title>'])
  expect(index?.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
  expect(index?.headers.get('cache-control')).toBe('no-cache')
  const script = await ask('/assets/a1.js')
  expect(script?.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(script?.headers.get('cache-control')).toContain('immutable')
})

test('what is none of its files is not given out', async () => {
  await writePage()
  const ask = pageOf()
  expect(await ask(`/${fingerprintFile}`)).toBeUndefined()
  expect(await ask('/%2e%2e/package.json')).toBeUndefined()
  expect(await ask('/nothing')).toBeUndefined()
  expect(await ask('/', 'POST')).toBeUndefined()
})

test('a page that is not built is built once, and says so until it is', async () => {
  const building = Promise.withResolvers<void>()
  let builds = 0
  async function build(): Promise<string> {
    builds++
    await building.promise
    await writePage()
    return folder
  }
  const ask = pageOf({ build })
  expect((await ask('/'))?.text).toContain('The dashboard is being built')
  expect((await ask('/'))?.text).toContain('The dashboard is being built')
  expect((await ask('/waiting.js'))?.text).toContain('reload')
  expect(await ask('/assets/a1.js')).toBeUndefined()
  building.resolve()
  await eventually('the page is there', async () => (await ask('/'))?.text === '<title>page</title>')
  expect(builds).toBe(1)
  // The page that waited may ask for its own files only now.
  expect((await ask('/waiting.js'))?.status).toBe(200)
})

test('a page that cannot be built says why, and is tried again', async () => {
  let builds = 0
  const build = () => Promise.reject(new Error(`no <disk> ${++builds}`))
  const ask = pageOf({ build })
  for (const round of [1, 2]) {
    await ask('/')
    const failed = await ask('/')
    expect(failed?.status).toBe(500)
    expect(failed?.text).toContain(`no &lt;disk> ${round}`)
  }
})

test('a page that was built from other sources is not taken', async () => {
  await writePage()
  expect(findBuiltPage([join(folder, 'nowhere'), folder])).toBe(folder)
  await writeFile(join(folder, fingerprintFile), '0123456789abcdef')
  expect(findBuiltPage([folder])).toBeUndefined()
})

test('the page builds from its sources', async () => {
  const built = join(folder, 'built')
  expect(await buildPage(built)).toBe(built)
  expect(findBuiltPage([built])).toBe(built)
  const index = await pageOf({ find: () => built })('/')
  expect(index?.text).toMatch(/<script type="module" crossorigin src="\.\/assets\/[\w-]+\.js">/)
  // Nothing that its own policy would refuse.
  expect(index?.text).not.toMatch(/<script>|<style>|https?:\/\/(?!www\.w3\.org)/)
}, 60_000)
