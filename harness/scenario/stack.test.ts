import type { System } from '#harness/contract/system.ts'
import { fault } from '#harness/fault/fault.ts'
import { eventually as eventuallyWithin } from '#harness/stack/testing/eventually.ts'
import { ringSystem } from '#harness/testing/ring-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import type { StackKind } from './kinds.ts'
import type { Stack, StackOptions } from './stack.ts'

/** Enough for live services on a busy machine. */
const busyMs = 30_000
const patienceMs = 20_000

let project: TemporaryProject
let ring: System
let startStack: (system: System, kind: StackKind, options?: StackOptions) => Promise<Stack>
beforeAll(async () => {
  project = await temporaryProject(ringSystem)
  // Before the modules are loaded that look for the project.
  process.env['CONCORDAT_ROOT'] = project.root
  const { loadSystem } = await import('#harness/project/systems.ts')
  ring = await loadSystem('ring')
  ;({ startStack } = await import('./stack.ts'))
})
afterAll(() => project[Symbol.asyncDispose]())

const onPorts: readonly (readonly [string, StackKind])[] = [
  ['mocks on ports', 'mock'],
  ['a live player and a mocked wall', { live: ['player'] }],
  ['a mocked player and a live wall', { live: ['wall'] }],
  ['live services', 'live'],
]
const kinds = [['mocks in this process', 'msw'] as const, ...onPorts]

function eventually(name: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  return eventuallyWithin(name, condition, patienceMs)
}

/** Somebody who throws balls and looks what becomes of them. */
function watcherOf(stack: Stack) {
  async function call(provider: string, path: string, method = 'GET'): Promise<Response> {
    const headers = { 'x-request-id': crypto.randomUUID() }
    return fetch(`${stack.url('watcher', provider)}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(patienceMs),
    })
  }
  async function ball(id: number): Promise<unknown> {
    const answer = await call('player', `/balls/${id}`)
    const { status } = (await answer.json()) as { status?: string }
    return status ?? answer.status
  }
  return {
    call,
    ball,
    throwBall: (id: number) => call('player', `/balls/${id}`, 'PUT'),
    back: (id: number) => eventually(`ball ${id} is back`, async () => (await ball(id)) === 'back'),
    async hit(id: number): Promise<unknown> {
      const answer = await call('wall', `/hits/${id}`)
      return answer.ok ? answer.json() : answer.status
    },
    greeting: async () => (await call('player', '/greeting')).json(),
  }
}

test.each(kinds)(
  'components that call each other do so with %s',
  async (_what, kind) => {
    await using stack = await startStack(ring, kind)
    const watcher = watcherOf(stack)
    await watcher.throwBall(1)
    await watcher.back(1)
    await stack.reset()
    expect(await watcher.ball(1)).toBe(404)
    await stack.setUp('player', 'ballThrown', { id: 2 })
    await watcher.back(2)
    expect(stack.findings()).toEqual([])
  },
  busyMs,
)

test.each(onPorts)(
  'who called whom is known with %s',
  async (_what, kind) => {
    await using stack = await startStack(ring, kind)
    await watcherOf(stack).throwBall(1)
    await watcherOf(stack).back(1)
    const paths = (consumer: string, provider: string) => [
      ...new Set(stack.traffic(consumer, provider).map(({ request }) => `${request.method} ${request.path}`)),
    ]
    await eventually('the return was recorded', () => paths('wall', 'player').length > 0)
    expect([paths('player', 'wall'), paths('wall', 'player')]).toEqual([['PUT /hits/1'], ['PUT /returns/1']])
  },
  busyMs,
)

test.each(kinds)(
  'a component that crashes is gone, and comes back to the same address, with %s',
  async (_what, kind) => {
    await using stack = await startStack(ring, kind)
    const watcher = watcherOf(stack)
    await stack.component('wall').kill()
    await expect(watcher.hit(1)).rejects.toThrow('fetch failed')
    await watcher.throwBall(1)
    expect(await watcher.ball(1)).toBe('thrown')
    await stack.component('wall').start()
    await watcher.back(1)
    expect(stack.findings()).toEqual([])
  },
  busyMs,
)

test.each([
  ['a live wall finds its hits again', 'live', { returned: true }],
  ['a mocked wall has forgotten them', 'mock', 404],
] as const)(
  'after a crash %s',
  async (_what, kind, expected) => {
    await using stack = await startStack(ring, kind)
    const watcher = watcherOf(stack)
    await stack.setUp('wall', 'ballHit', { id: 1 })
    await eventually('the wall has returned the ball', async () =>
      JSON.stringify(await watcher.hit(1)).includes('true'),
    )
    await stack.component('wall').kill()
    await stack.component('wall').start()
    expect(await watcher.hit(1)).toEqual(expected)
  },
  busyMs,
)

test.each(kinds)(
  'a reset brings back who is down, with %s',
  async (_what, kind) => {
    await using stack = await startStack(ring, kind)
    await stack.component('player').stop()
    await stack.component('wall').kill()
    await stack.reset()
    await watcherOf(stack).throwBall(1)
    await watcherOf(stack).back(1)
  },
  busyMs,
)

test.each(onPorts)(
  'an edge that hangs keeps the others going, until the reset, with %s',
  async (_what, kind) => {
    await using stack = await startStack(ring, kind)
    const watcher = watcherOf(stack)
    stack.fault('player', 'wall', { request: () => 'hang' })
    await watcher.throwBall(1)
    await eventually('the player was left hanging', () =>
      stack.traffic('player', 'wall').some(({ outcome }) => outcome === 'hung'),
    )
    expect([await watcher.ball(1), await watcher.hit(1)]).toEqual(['thrown', 404])
    await stack.reset()
    await watcher.throwBall(2)
    await watcher.back(2)
    expect(stack.findings()).toEqual([])
  },
  busyMs,
)

test(
  'a stack has doors for callers from outside, and components call each other on edges of their own',
  async () => {
    const seen: string[] = []
    await using stack = await startStack(ring, 'mock', {
      doors: { player: 0, wall: 0 },
      isRun: (name) => name !== 'watcher',
      onExchange: ({ consumer, provider }, { request }) => void seen.push(`${consumer} ${provider} ${request.method}`),
    })
    const watcher = watcherOf(stack)
    expect(stack.url('watcher', 'player')).toBe(stack.door('player'))
    expect(stack.edges().map(({ edge, urls }) => [edge.consumer, edge.provider, urls.length])).toEqual([
      ['watcher', 'player', 1],
      ['watcher', 'wall', 1],
      ['player', 'wall', 1],
      ['wall', 'player', 1],
    ])
    await watcher.throwBall(1)
    await watcher.back(1)
    await eventually('the return was told', () => seen.includes('wall player PUT'))
    expect(seen).toEqual(expect.arrayContaining(['watcher player PUT', 'player wall PUT', 'watcher player GET']))
    expect(stack.findings()).toEqual([])
  },
  busyMs,
)

test(
  'a component is swapped for one that somebody else runs, and back, and edges keep their addresses',
  async () => {
    await using elsewhere = await startStack(ring, 'mock')
    await using stack = await startStack(ring, 'mock')
    await elsewhere.setUp('player', 'ballThrown', { id: 7 })
    const watcher = watcherOf(stack)
    expect([await watcher.ball(7), stack.component('player').title]).toEqual([404, 'mock (seed 1)'])
    await stack.component('player').swap({ kind: 'url', url: elsewhere.url('watcher', 'player') })
    expect([stack.component('player').kind, stack.component('player').isUp]).toEqual(['url', true])
    await watcher.back(7)
    await expect(stack.setUp('player', 'ballThrown', { id: 8 })).rejects.toThrow('somebody else runs it, at http:')
    await stack.component('player').swap({ kind: 'mock' })
    expect(await watcher.ball(7)).toBe(404)
    await watcher.throwBall(9)
    await watcher.back(9)
  },
  busyMs,
)

test(
  'those that somebody else runs are called where they are, and nothing else is done to them',
  async () => {
    await using elsewhere = await startStack(ring, 'mock')
    const urls = { wall: elsewhere.url('watcher', 'wall') }
    await using stack = await startStack(ring, { live: [], urls })
    const watcher = watcherOf(stack)
    await watcher.throwBall(1)
    await eventually('the wall there was hit', async () => (await watcher.hit(1)) !== 404)
    await stack.reset()
    expect(await watcher.hit(1)).not.toBe(404)
    await expect(stack.component('wall').kill()).rejects.toThrow('ring/wall cannot be killed: somebody else runs it')
  },
  busyMs,
)

test(
  'what a fault answers is no lost request id',
  async () => {
    await using stack = await startStack(ring, 'mock')
    const body = Buffer.from('busy')
    stack.fault('watcher', 'wall', { request: () => ({ reply: { status: 503, headers: {}, body } }) })
    expect(await watcherOf(stack).hit(1)).toBe(503)
    expect(stack.findings()).toEqual([])
    await stack.reset()
    await fetch(`${stack.url('watcher', 'wall')}/hits/1`)
    expect(stack.findings()).toMatchObject([{ code: 'request-id-lost', edge: 'watcher -> wall' }])
  },
  busyMs,
)

test(
  'faults meet an edge, or one operation of it, until others are set or all are reset',
  async () => {
    await using stack = await startStack(ring, 'mock')
    const watcher = watcherOf(stack)
    stack.fault('watcher', 'wall', [fault.latency(1), fault.status(503, { times: 1 })])
    expect([await watcher.hit(1), await watcher.hit(1)]).toEqual([503, 404])
    stack.fault('watcher', 'player', fault.reset(), { operation: 'getBall' })
    await expect(watcher.ball(1)).rejects.toThrow('fetch failed')
    expect(await watcher.greeting()).toEqual({ text: expect.any(String) })
    stack.fault('watcher', 'player', { request: () => 'reset' }, { operation: 'greet' })
    await expect(watcher.greeting()).rejects.toThrow('fetch failed')
    expect(await watcher.ball(1)).toBe(404)
    await stack.reset()
    expect(await watcher.greeting()).toEqual({ text: expect.any(String) })
    expect(() => stack.fault('watcher', 'player', fault.reset(), { operation: 'getBell' })).toThrow(
      'ring-player has no operation "getBell". Name one of',
    )
  },
  busyMs,
)

test.each(kinds.filter(([, kind]) => kind === 'msw' || kind === 'mock'))(
  'a mock whose background fails is a finding until the reset, and goes on answering, with %s',
  async (_what, kind) => {
    await using stack = await startStack(ring, kind)
    await stack.setUp('wall', 'ballHit', { id: 13 })
    await eventually('the wall fell down', () => stack.findings().length > 0)
    expect(stack.findings()).toMatchObject([
      { code: 'handler-failed', message: expect.stringContaining('ring-wall failed: Error: the wall fell down') },
    ])
    expect(await watcherOf(stack).hit(13)).toEqual({ returned: false })
    await stack.reset()
    expect(stack.findings()).toEqual([])
    await watcherOf(stack).throwBall(1)
    await watcherOf(stack).back(1)
  },
  busyMs,
)

test.each(kinds)(
  'variables go to real services and mocks alike, with %s',
  async (_what, kind) => {
    await using stack = await startStack(ring, kind, { environment: { player: { GREETING: 'good evening' } } })
    expect(await watcherOf(stack).greeting()).toEqual({ text: 'good evening' })
  },
  busyMs,
)

test(
  'a mock has the variables of a developer’s machine',
  async () => {
    await using stack = await startStack(ring, 'mock')
    expect(await watcherOf(stack).greeting()).toEqual({ text: 'hello' })
  },
  busyMs,
)

test(
  'a live service runs in its own folder, and its last lines are there after a crash',
  async () => {
    await using stack = await startStack(ring, { live: ['wall'] })
    await stack.component('wall').kill()
    expect(stack.log('wall')).toEqual([expect.stringMatching(/^the wall stands in .*providers\/ring\/wall$/)])
    expect(stack.log('player')).toEqual([])
    expect(stack.stores).toEqual(['wall balls: a directory of its own'])
  },
  busyMs,
)

test(
  'after it is disposed nobody listens any more',
  async () => {
    const stack = await startStack(ring, { live: ['wall'] })
    const urls = [stack.url('watcher', 'player'), stack.url('player', 'wall')]
    await stack[Symbol.asyncDispose]()
    for (const url of urls) await expect(fetch(url)).rejects.toThrow('fetch failed')
  },
  busyMs,
)

test.each<[string, (stack: Stack) => unknown, string]>([
  ['an edge that is none', (stack) => stack.url('player', 'watcher'), 'ring declares no edge player -> watcher'],
  ['a component without a contract', (stack) => stack.component('watcher'), 'ring/watcher has no contract'],
  ['a component that is none', (stack) => stack.log('floor'), 'Name one of wall, player.'],
])(
  '%s is refused',
  async (_what, ask, message) => {
    await using stack = await startStack(ring, 'mock')
    expect(() => ask(stack)).toThrow(message)
  },
  busyMs,
)

test(
  'what cannot be done on a kind is refused',
  async () => {
    await expect(startStack(ring, { live: ['watcher'] })).rejects.toThrow('ring/watcher has no contract and cannot run')
    await expect(startStack(ring, { live: [] })).rejects.toThrow('Say "mock" instead.')
    await expect(startStack(ring, 'mock', { environment: { floor: {} } })).rejects.toThrow('ring/floor has no contract')
    await using live = await startStack(ring, { live: ['wall'] })
    await expect(live.setUp('wall', 'ballLost', {})).rejects.toThrow('ring/wall sets up no state "ballLost"')
    await expect(live.setUp('player', 'ballLost', {})).rejects.toThrow('ring-player has no state "ballLost"')
    await live.component('player').stop()
    await expect(live.setUp('player', 'ballThrown', { id: 1 })).rejects.toThrow('ring/player is down. Start it first.')
  },
  busyMs,
)

test(
  'a stack in this process has nothing to let fail',
  async () => {
    await using stack = await startStack(ring, 'msw')
    expect(() => stack.fault('player', 'wall', {})).toThrow('has no taps')
    expect(stack.traffic('player', 'wall')).toEqual([])
  },
  busyMs,
)

test(
  'a program that is not there is said, with what to do, and nothing is left running',
  async () => {
    const wall = { ...ring.components['wall']!, command: ['no-such-program', 'main.mjs'] as const }
    const broken = { ...ring, components: { ...ring.components, wall } }
    await expect(startStack(broken, 'live')).rejects.toMatchObject({
      name: 'EnvironmentError',
      exitCode: 14,
      message: expect.stringMatching(
        /Cannot start ring\/wall \(no-such-program main\.mjs\) in .*: ENOENT\. Check that the/,
      ),
    })
  },
  busyMs,
)
