import { createServer } from 'node:net'
import { pagesProject } from '#harness/browser/testing/pages-project.ts'
import { chromiumMissing, findChromium, launchChromium } from '#harness/browser/chromium.ts'
import { undisturbed } from '#harness/browser/undisturbed.ts'
import { connectFailure, freePort } from '#harness/stack/ports.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, start, type Ended } from '../testing/concordat.ts'

/** Enough for processes on a busy machine. */
const busyMs = 90_000

let project: TemporaryProject
let pagePort: number
beforeAll(async () => {
  pagePort = await freePort()
  const system = (pagesProject['contracts/shop/system.ts'] ?? '').replace('7001', String(pagePort))
  project = await temporaryProject({ ...pagesProject, 'contracts/shop/system.ts': system })
})
afterAll(() => project[Symbol.asyncDispose]())

type Served = Readonly<{ pages: string; stock: string }>

/** Serves the pages, looks at them, and asks to stop. */
async function whileServed(args: readonly string[], look: (served: Served) => Promise<void>): Promise<Ended> {
  const { child, ended, output } = start(['dev', 'shop', ...args], { root: project.root })
  try {
    await eventually(
      `dev ${args.join(' ')}`,
      () => output().includes('Ctrl-C stops them.') || child.exitCode !== null,
      busyMs / 2,
    )
    const url = (component: string): string => new RegExp(`^${component} .*(http:\\S+)`, 'm').exec(output())?.[1] ?? ''
    await look({ pages: url('till'), stock: url('stock') })
  } finally {
    child.kill('SIGINT')
  }
  return ended
}

function textOf(url: string): Promise<string> {
  return fetch(url).then((reply) => reply.text())
}

test(
  'pages are served over mocks in the browser, at their own port, until Ctrl-C',
  async () => {
    const { code, stdout, stderr } = await whileServed([], async ({ pages }) => {
      expect(pages).toBe(`http://localhost:${pagePort}`)
      expect(await textOf(pages)).toContain('src="/@concordat/start"')
      expect(await textOf(`${pages}/mockServiceWorker.js`)).toContain('Mock Service Worker')
      // Where a browser ends up that asks for the other name of this machine.
      const other = await fetch(`http://127.0.0.1:${pagePort}/login`, { redirect: 'manual' })
      expect([other.status, other.headers.get('location')]).toEqual([302, `${pages}/login`])
    })
    expect(stdout).toMatch(/stock +mock in the browser +http:\/\/localhost:7002/)
    expect(stdout).toContain('begins with itemExists {"id":7}')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await connectFailure(pagePort)).toContain('ECONNREFUSED')
  },
  busyMs,
)

test.each([
  ['mock', /stock +mock \(seed 1\)/],
  ['live', /stock +live \(pid \d+\)/],
])(
  'pages are served over what answers on a port: %s',
  async (on, row) => {
    const { code, stdout } = await whileServed(['--on', on, '--ports', 'free'], async ({ pages, stock }) => {
      expect(await textOf(pages)).toContain('src="/main.ts')
      expect(await textOf(`${pages}/main.ts`)).toContain(`http://localhost:${new URL(stock).port}`)
      expect((await fetch(`${stock}/items/7`)).status).toBe(200)
    })
    expect(stdout).toMatch(row)
    expect(code).toBe(0)
  },
  busyMs,
)

test(
  'a mock in the browser answers the page',
  async () => {
    if (findChromium() === undefined) return void process.stderr.write(`${chromiumMissing}\n`)
    await whileServed(['--ports', 'free', '--still'], async ({ pages }) => {
      const browser = await launchChromium()
      try {
        await undisturbed(async () => {
          const page = await browser.newPage()
          await page.goto(pages)
          await page.getByText('http://localhost:7002 answered 200').waitFor({ timeout: 20_000 })
        })
      } finally {
        await browser.close()
      }
    })
  },
  busyMs,
)

test('a port that is taken is 14: it names who has it, and the way out', async () => {
  await using server = createServer().listen(pagePort, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { code, stderr } = await concordat(['dev', 'shop'], { root: project.root })
  expect(stderr).toMatch(new RegExp(`^Cannot start shop/till: its port ${pagePort} is in use by .*--ports free`))
  expect(code).toBe(14)
}, 30_000)

test('a system that is not there, or has no pages, is a usage error', async () => {
  const { code, stderr } = await concordat(['dev', 'shup'], { root: project.root })
  expect(stderr).toContain('there is no system "shup"')
  expect(code).toBe(2)
})

test.each([
  [['--onn', 'mock'], 'Did you mean "--on"?'],
  [['--ports', '80'], 'Expected one of: own, free'],
  [['--on', 'paper'], 'Invalid value for argument: --on (paper)'],
  [['--state', 'itemExist:{"id":7}'], 'Did you mean "itemExists"?'],
  [['--state', 'itemExists:{"id":"x"}'], '--state itemExists: id: '],
])('dev %j is a usage error', async (flags, message) => {
  const { code, stderr } = await concordat(['dev', 'shop', ...flags], { root: project.root })
  expect(stderr).toContain(message)
  expect(code).toBe(2)
})
