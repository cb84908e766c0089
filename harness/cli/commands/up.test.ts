import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { connectFailure, freePort } from '#harness/stack/ports.ts'
import { signalGroup } from '#harness/stack/process-group.ts'
import { readIfThere } from '#harness/stack/proc.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { ringSystem } from '#harness/testing/ring-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, start, type Ended } from '../testing/concordat.ts'
import { notesSystem } from '#harness/testing/notes-system.ts'
import { upProcess } from '../testing/up-process.ts'

/** Enough for processes on a busy machine. */
const busyMs = 90_000

let project: TemporaryProject
let ring: TemporaryProject
let port: number
beforeAll(async () => {
  ring = await temporaryProject(ringSystem)
  port = await freePort()
  const system = gateProject['contracts/shop/system.ts'] ?? ''
  project = await temporaryProject({ ...gateProject, 'contracts/shop/system.ts': system.replace('7002', String(port)) })
})
afterAll(async () => {
  await project[Symbol.asyncDispose]()
  await ring[Symbol.asyncDispose]()
})

const pact = {
  consumer: { name: 'shop-till' },
  provider: { name: 'shop-stock' },
  interactions: [
    {
      type: 'Synchronous/HTTP',
      description: 'reads item',
      request: { method: 'GET', path: '/items/1' },
      response: { status: 200, body: { content: { id: 1, name: 'item' }, contentType: 'application/json' } },
    },
  ],
  metadata: { pactSpecification: { version: '4.0' } },
}

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
      busyMs / 2,
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

test(
  'components are mocks on their own ports, in the states that were asked for, until Ctrl-C',
  async () => {
    const { code, stdout } = await whileUp(['--state', 'itemExists:{"id":7}'], async (url) => {
      expect(url).toBe(`http://127.0.0.1:${port}`)
      expect(await statusOf(`${url}/items/7`)).toBe(200)
      expect(await statusOf(`${url}/items/8`)).toBe(404)
    })
    expect(stdout).toMatch(/component +kind +url +stores\nstock +mock \(seed 1\) +http:/)
    expect(stdout).toMatch(/\ncontrol {2}http:\/\/127\.0\.0\.1:\d+\/#[\w-]{32}\n/)
    expect(code).toBe(0)
    expect(await connectFailure(port)).toContain('ECONNREFUSED')
  },
  busyMs,
)

test(
  'a component can run live, on a free port, and in a state',
  async () => {
    let liveUrl = ''
    const args = ['--live', 'stock', '--ports', 'free', '--state', 'itemExists:{"id":7}']
    const { code, stdout } = await whileUp(args, async (url) => {
      liveUrl = url
      expect(url).not.toContain(`:${port}`)
      expect(await statusOf(`${url}/items/7`)).toBe(200)
      expect(await statusOf(`${url}/items/8`)).toBe(404)
    })
    expect(stdout).toMatch(/stock +live \(pid \d+\) +http:\S+ +stock shelf: a directory of its own/)
    expect(code).toBe(0)
    expect(await connectFailure(Number(new URL(liveUrl).port))).toContain('ECONNREFUSED')
  },
  busyMs,
)

test(
  'a component can be one that somebody else runs: callers find it behind a tap',
  async () => {
    await using server = createServer((request, response) => void response.end(request.url)).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { code, stdout } = await whileUp(['--live', `stock=${url}`], async () => {
      expect(await (await fetch(`http://127.0.0.1:${port}/items/7`)).text()).toBe('/items/7')
    })
    expect(stdout).toContain(`stock      url at ${url}  http://127.0.0.1:${port}`)
    expect(stdout).toMatch(/till -> stock {2}getItem {2}200/)
    expect(code).toBe(0)
  },
  busyMs,
)

test(
  'one that somebody else runs on the very port that it is known by is found at another',
  async () => {
    await using server = createServer((_request, response) => void response.end()).listen(port, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { code, stdout } = await whileUp(['--live', `stock=http://127.0.0.1:${port}`], async (_own, door = '') => {
      expect(new URL(door).port).not.toBe(String(port))
      expect(await statusOf(`${door}/items/7`)).toBe(200)
    })
    expect(stdout).toMatch(/till -> stock {2}getItem {2}200/)
    expect(code).toBe(0)
  },
  busyMs,
)

test(
  'each request is one line: edge, operation, status, milliseconds, and what it is by contract and pact',
  async () => {
    await using recorded = await temporaryProject({
      ...gateProject,
      'pacts/shop/till--stock.json': JSON.stringify(pact),
    })
    const { stdout } = await whileUp(
      ['--ports', 'free', '--state', 'itemExists:{"id":7}'],
      async (url) => {
        for (const path of ['/items/7', '/items/8', '/itms/7', '/elsewhere']) await statusOf(`${url}${path}`)
      },
      { system: 'shop', root: recorded.root },
    )
    const lines = stdout.split('Ctrl-C stops them.\n')[1]?.trim().split('\n') ?? []
    const said = lines.map((line) => line.replace(/^\d\d:\d\d:\d\d\.\d{3} {2}/, '').replace(/[\d.]+ ms/, 'n ms'))
    expect(said).toEqual([
      'till -> stock  getItem  200  n ms  in pact: "reads item"',
      'till -> stock  getItem  404  n ms  in no pact; nearest is "reads item": $.reply.status: 404, recorded with 200',
      'till -> stock  GET /itms/7  404  n ms  not in the contract; nearest is getItem (GET /items/{id}): path: /itms/7, not /items/{id}',
      'till -> stock  GET /elsewhere  404  n ms  not in the contract',
    ])
  },
  busyMs,
)

test(
  'nothing is said of requests where it is to be quiet',
  async () => {
    const { stdout } = await whileUp(['--quiet'], async (url) => void (await statusOf(`${url}/items/7`)))
    expect(stdout.trim()).toMatch(/Ctrl-C stops them\.$/)
  },
  busyMs,
)

test(
  'a page that is open when the system is started anew finds it again: same place, same token, unless somebody else has it',
  async () => {
    const doors: string[] = []
    async function look(_url: string, door = ''): Promise<void> {
      doors.push(door)
      if (doors.length === 2) await whileUp(['--ports', 'free'], look)
    }
    await whileUp(['--ports', 'free'], look)
    await whileUp(['--ports', 'free'], look)
    await whileUp(['--ports', 'free'], look)
    const [first, again, beside, last] = doors
    expect([again, last]).toEqual([first, first])
    expect(beside?.split('#')[1]).toBe(first?.split('#')[1])
    expect(beside).not.toBe(first)
  },
  busyMs,
)

test(
  'programs get one JSON object in a line',
  async () => {
    await using up = await upProcess('shop', { root: project.root })
    await statusOf(`${up.url('stock')}/items/7`)
    await eventually('the request is told', () => up.exchanges().length === 1, busyMs / 2)
    expect(up.exchanges()).toMatchObject([
      { id: 1, consumer: 'till', provider: 'stock', operation: 'getItem', status: 404, match: { kind: 'unrecorded' } },
    ])
    up.kill('SIGTERM')
    const { stdout, code } = await up.ended
    const lines = stdout.trim().split('\n')
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual(['type', 'type', 'command'])
    expect(code).toBe(0)
  },
  busyMs,
)

test(
  'a handler that fails answers 500 and is told; so is what fails behind it; the stack goes on',
  async () => {
    await using desk = await temporaryProject(notesSystem)
    await using up = await upProcess('desk', { root: desk.root })
    const answer = await fetch(`${up.url('notes')}/break`, { method: 'POST' })
    expect(answer.status).toBe(500)
    expect(await answer.text()).not.toContain('broke down')
    expect(await up.noticed('the desk broke down')).toMatchObject({ level: 'error', component: 'notes' })
    await up.noticed('thrown where nobody catches it')
    expect(await statusOf(`${up.url('notes')}/notes`)).toBe(200)
  },
  busyMs,
)

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'after %s nobody listens any more, and no process is left',
  async (signal) => {
    await using up = await upProcess('ring', { root: ring.root, args: ['--live', 'wall'] })
    const { components } = (await up.api.getStack()).body
    const pid = Number(/pid (\d+)/.exec(components.find(({ name }) => name === 'wall')?.detail ?? '')?.[1])
    expect(isRunning(pid)).toBe(true)
    const ports = [...components.map(({ url }) => url), up.controlUrl].map((url) => Number(new URL(url).port))
    up.kill(signal)
    await up.ended
    for (const taken of ports) expect(await connectFailure(taken)).toContain('ECONNREFUSED')
    await eventually('its live service has ended', () => !isRunning(pid), busyMs / 2)
  },
  60_000,
)

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'after %s of the npm that runs it, nobody listens any more',
  async (signal) => {
    const npm = spawn('npm', ['run', '--silent', 'mock', '--', 'ring', '--ports', 'free'], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      detached: true,
      env: { ...process.env, CONCORDAT_ROOT: ring.root },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    try {
      let said = ''
      npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
      await eventually('it is up', () => said.includes('Ctrl-C') || npm.exitCode !== null, busyMs / 2)
      const ports = (said.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? []).map((url) => Number(new URL(url).port))
      expect(ports).toHaveLength(3)
      npm.kill(signal)
      const failures = (): Promise<readonly unknown[]> => Promise.all(ports.map((taken) => connectFailure(taken)))
      await eventually('nobody listens', async () => (await failures()).every(Boolean), busyMs / 2)
    } finally {
      signalGroup(npm.pid ?? 0, 'SIGKILL')
    }
  },
  busyMs,
)

function isRunning(pid: number): boolean {
  return /^\d+ \(.*\) [^Z]/.test(readIfThere(`/proc/${pid}/stat`))
}

describe('components that call each other', () => {
  async function play(player: string): Promise<void> {
    await fetch(`${player}/balls/1`, { method: 'PUT' })
    await eventually(
      'the ball is back',
      async () => (await (await fetch(`${player}/balls/1`)).text()).includes('"back"'),
      busyMs / 2,
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
      expect(stdout).not.toMatch(/^watcher/m)
      expect(stdout).toMatch(/watcher -> player {2}throwBall {2}202/)
      expect(stdout).toMatch(/wall -> player {2}returnBall {2}204/)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    },
    busyMs,
  )

  test(
    'mocks call the one that somebody else runs',
    async () => {
      const returned: (string | undefined)[] = []
      await using somebody = createServer((request, response) => {
        returned.push(request.url)
        response.writeHead(204).end()
      }).listen(0, '127.0.0.1')
      await new Promise((resolve) => somebody.once('listening', resolve))
      const url = `http://127.0.0.1:${(somebody.address() as AddressInfo).port}`
      const { stdout } = await whileUp(
        ['--live', `player=${url}`, '--ports', 'free', '--state', 'ballHit:{"id":5}'],
        () => eventually('the ball was returned', () => returned.includes('/returns/5'), busyMs / 2),
        { system: 'ring', root: ring.root },
      )
      expect(stdout).toMatch(new RegExp(`player +url at ${url} +http:`))
    },
    busyMs,
  )

  test(
    'a program that is not there is 14, with what to do',
    async () => {
      const system = ringSystem['contracts/ring/system.ts'] ?? ''
      const command = "command: ['no-such-program', 'main.mjs']"
      await using broken = await temporaryProject({
        ...ringSystem,
        'contracts/ring/system.ts': system.replace(/command: \[.*\]/, command),
      })
      const { code, stderr } = await concordat(['up', 'ring', '--live', 'wall', '--ports', 'free'], {
        root: broken.root,
      })
      expect(stderr).toMatch(
        /^Cannot start ring\/wall \(no-such-program main\.mjs\) in .*: ENOENT\. Check that the program/,
      )
      expect(code).toBe(14)
    },
    busyMs,
  )
})

test(
  'a port that is taken is 14: it names who has it, and the way out',
  async () => {
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
  },
  busyMs,
)

test('a URL where nobody listens is 11', async () => {
  const url = `http://127.0.0.1:${await freePort()}`
  const { code, stderr } = await concordat(['up', 'shop', '--live', `stock=${url}`], { root: project.root })
  expect(stderr).toContain(`Nothing takes connections at ${url}`)
  expect(code).toBe(11)
})

test(
  'a live service that ends by itself is 14, with what it said last',
  async () => {
    const main =
      `console.log('out of coffee'); setTimeout(() => process.exit(5), 500);` +
      gateProject['providers/shop/stock/main.ts']
    await project.write('providers/shop/stock/main.ts', `import 'node:fs'\n${main}`)
    const { ended } = start(['up', 'shop', '--live', 'stock', '--ports', 'free'], { root: project.root })
    const { code, stderr } = await ended
    expect(stderr).toContain('shop/stock ended by itself with 5')
    expect(stderr).toContain('  | out of coffee')
    expect(code).toBe(14)
  },
  busyMs,
)

test.each([
  [['--live', 'till'], '"till", which is no component with a contract'],
  [['--live', 'stcok'], 'Did you mean "stock"?'],
  [['--state', 'itemExist:{"id":7}'], 'no component has a state "itemExist". Did you mean "itemExists"?'],
  [['--state', 'itemExists:{"id":"x"}'], '--state itemExists: id: '],
  [['--state', 'itemExists:7'], 'cannot be read'],
  [['--live', 'stock=http://127.0.0.1:1', '--state', 'itemExists:{"id":7}'], 'no component has a state "itemExists"'],
  [['--control-port', '70000'], '--control-port "70000" is no port.'],
])('up %j is a usage error', async (flags, message) => {
  const { code, stderr } = await concordat(['up', 'shop', ...flags], { root: project.root })
  expect(stderr).toContain(message)
  expect(code).toBe(2)
})
