import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { connectFailure, freePort } from '#harness/stack/ports.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { ringSystem } from '#harness/testing/ring-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, start, type Ended } from '../testing/concordat.ts'

let project: TemporaryProject
let port: number
beforeAll(async () => {
  port = await freePort()
  const system = gateProject['contracts/shop/system.ts'] ?? ''
  project = await temporaryProject({ ...gateProject, 'contracts/shop/system.ts': system.replace('7002', String(port)) })
})
afterAll(() => project[Symbol.asyncDispose]())

type Up = Readonly<{ system: string; root: string }>

/** Brings the system up, looks at it by its URLs, and asks it to stop. */
async function whileUp(
  args: readonly string[],
  look: (url: string, ...others: string[]) => Promise<void>,
  { system, root }: Up = { system: 'shop', root: project.root },
): Promise<Ended> {
  const { child, ended, output } = start(['up', system, ...args], { root })
  try {
    await eventually(
      `up ${args.join(' ')}`,
      () => output().includes('Ctrl-C stops them.') || child.exitCode !== null,
      20_000,
    )
    const [url = '', ...others] = output().match(/http:\/\/\S+/g) ?? []
    await look(url, ...others)
  } finally {
    child.kill('SIGINT')
  }
  return ended
}

function statusOf(url: string): Promise<number> {
  return fetch(url).then(({ status }) => status)
}

test('components are mocks on their own ports, in the states that were asked for, until Ctrl-C', async () => {
  const { code, stdout } = await whileUp(['--state', 'itemExists:{"id":7}'], async (url) => {
    expect(url).toBe(`http://127.0.0.1:${port}`)
    expect(await statusOf(`${url}/items/7`)).toBe(200)
    expect(await statusOf(`${url}/items/8`)).toBe(404)
  })
  expect(stdout).toMatch(/component +kind +url +stores\nstock +mock \(seed 1\) +http:/)
  expect(code).toBe(0)
  expect(await connectFailure(port)).toContain('ECONNREFUSED')
}, 30_000)

test('a component can run live, on a free port', async () => {
  let liveUrl = ''
  const { code, stdout } = await whileUp(['--live', 'stock', '--ports', 'free'], async (url) => {
    liveUrl = url
    expect(url).not.toContain(`:${port}`)
    expect(await statusOf(`${url}/items/7`)).toBe(404)
  })
  expect(stdout).toMatch(/stock +live \(pid \d+\) +http:\S+ +shelf: a directory of its own/)
  expect(code).toBe(0)
  expect(await connectFailure(Number(new URL(liveUrl).port))).toContain('ECONNREFUSED')
}, 30_000)

test('a component can be one that somebody else runs', async () => {
  await using server = createServer((_request, response) => void response.end()).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { code, stdout } = await whileUp(['--live', `stock=${url}`], async () => {})
  expect(stdout).toContain(`stock      url   ${url}`)
  expect(code).toBe(0)
}, 30_000)

describe('components that call each other', () => {
  let ring: TemporaryProject
  beforeAll(async () => {
    ring = await temporaryProject(ringSystem)
  })
  afterAll(() => ring[Symbol.asyncDispose]())

  async function play(player: string): Promise<void> {
    await fetch(`${player}/balls/1`, { method: 'PUT' })
    await eventually(
      'the ball is back',
      async () => (await (await fetch(`${player}/balls/1`)).text()).includes('"back"'),
      20_000,
    )
  }

  test.each([
    ['mocks', [], [/wall +mock/, /player +mock/]],
    ['a live service and a mock', ['--live', 'wall'], [/wall +live \(pid \d+\)/, /player +mock/]],
    ['live services', ['--live', 'wall', '--live', 'player'], [/wall +live/, /player +live/]],
  ])(
    'do so as %s, and those that nobody calls are not started',
    async (_what, live, rows) => {
      const { code, stdout, stderr } = await whileUp(
        [...live, '--ports', 'free'],
        (_wall, player = '') => play(player),
        { system: 'ring', root: ring.root },
      )
      for (const row of rows) expect(stdout).toMatch(row)
      expect(stdout).not.toContain('watcher')
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    },
    30_000,
  )

  test('mocks call the one that somebody else runs', async () => {
    const returned: (string | undefined)[] = []
    await using somebody = createServer((request, response) => {
      returned.push(request.url)
      response.writeHead(204).end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => somebody.once('listening', resolve))
    const url = `http://127.0.0.1:${(somebody.address() as AddressInfo).port}`
    const { stdout } = await whileUp(
      ['--live', `player=${url}`, '--ports', 'free', '--state', 'ballHit:{"id":5}'],
      () => eventually('the ball was returned', () => returned.includes('/returns/5'), 20_000),
      { system: 'ring', root: ring.root },
    )
    expect(stdout).toMatch(new RegExp(`player +url +${url}`))
  }, 30_000)

  test('a program that is not there is 14, with what to do', async () => {
    const system = ringSystem['contracts/ring/system.ts'] ?? ''
    const command = "command: ['no-such-program', 'main.mjs']"
    await using broken = await temporaryProject({
      ...ringSystem,
      'contracts/ring/system.ts': system.replace(/command: \[.*\]/, command),
    })
    const { code, stderr } = await concordat(['up', 'ring', '--live', 'wall', '--ports', 'free'], { root: broken.root })
    expect(stderr).toMatch(
      /^Cannot start ring\/wall \(no-such-program main\.mjs\) in .*: ENOENT\. Check that the program/,
    )
    expect(code).toBe(14)
  }, 30_000)
})

test('a port that is taken is 14: it names who has it, and the way out', async () => {
  await using server = createServer().listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  for (const flags of [[], ['--live', 'stock']]) {
    const { code, stderr } = await concordat(['up', 'shop', ...flags], { root: project.root })
    const owner = process.platform === 'linux' ? `node (pid ${process.pid})` : 'another process'
    expect(stderr).toBe(
      `Cannot start shop/stock: its port ${port} is in use by ${owner}. Stop that, or take free ports with --ports free.\n`,
    )
    expect(code).toBe(14)
  }
}, 30_000)

test('a URL where nobody listens is 11', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const { code, stderr } = await concordat(['up', 'shop', '--live', `stock=${url}`], { root: project.root })
  expect(stderr).toContain(`Nothing takes connections at ${url}`)
  expect(code).toBe(11)
})

test('a live service that ends by itself is 14, with what it said last', async () => {
  const main =
    `console.log('out of coffee'); setTimeout(() => process.exit(5), 500);` +
    gateProject['providers/shop/stock/main.ts']
  await project.write('providers/shop/stock/main.ts', `import 'node:fs'\n${main}`)
  const { ended } = start(['up', 'shop', '--live', 'stock', '--ports', 'free'], { root: project.root })
  const { code, stderr } = await ended
  expect(stderr).toContain('shop/stock ended by itself with 5')
  expect(stderr).toContain('  | out of coffee')
  expect(code).toBe(14)
}, 30_000)

test.each([
  [['--live', 'till'], '"till", which is no component with a contract'],
  [['--live', 'stcok'], 'Did you mean "stock"?'],
  [['--state', 'itemExist:{"id":7}'], 'no mock has a state "itemExist". Did you mean "itemExists"?'],
  [['--state', 'itemExists:{"id":"x"}'], '--state itemExists: id: '],
  [['--state', 'itemExists:7'], 'cannot be read'],
  [['--live', 'stock', '--state', 'itemExists:{"id":7}'], 'no mock has a state "itemExists"'],
])('up %j is a usage error', async (flags, message) => {
  const { code, stderr } = await concordat(['up', 'shop', ...flags], { root: project.root })
  expect(stderr).toContain(message)
  expect(code).toBe(2)
})
