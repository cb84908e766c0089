import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { System } from '#harness/contract/system.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { ringSystem } from '#harness/testing/ring-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import type { OpenTarget, TargetChoice } from './open-target.ts'

/** Enough for a live service on a busy machine. */
const busyMs = 30_000

let project: TemporaryProject
let ring: System
let openTarget: (system: System, component: string, choice: TargetChoice) => Promise<OpenTarget>
beforeAll(async () => {
  project = await temporaryProject(ringSystem)
  // Before the modules are loaded that look for the project.
  process.env['CONCORDAT_ROOT'] = project.root
  const { loadSystem } = await import('#harness/project/systems.ts')
  ring = await loadSystem('ring')
  ;({ openTarget } = await import('./open-target.ts'))
})
afterAll(() => project[Symbol.asyncDispose]())

function get(target: OpenTarget, path: string): Promise<Response> {
  return fetch(`${target.baseUrl}${path}`)
}

test(
  'a live service that is opened alone calls mocks, and nobody whom its variables named before',
  async () => {
    const calls: (string | undefined)[] = []
    await using somebody = createServer((request, response) => {
      calls.push(request.url)
      response.end()
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => somebody.once('listening', resolve))
    process.env['PLAYER_URL'] = `http://127.0.0.1:${(somebody.address() as AddressInfo).port}`

    await using target = await openTarget(ring, 'wall', { kind: 'live' })
    await target.setUp('ballHit', { id: 1 })
    await eventually(
      'the ball is returned',
      async () => (await (await get(target, '/hits/1')).text()).includes('true'),
      busyMs,
    )
    expect(calls).toEqual([])
    expect(target.stores).toEqual(['balls: a directory of its own'])
  },
  busyMs,
)

test('a mock that is opened alone does nothing by itself, and has its variables', async () => {
  await using target = await openTarget(ring, 'player', { kind: 'mock' })
  await target.setUp('ballThrown', { id: 1 })
  expect(await (await get(target, '/greeting')).json()).toEqual({ text: 'hello' })
  expect(target.evidence()).toEqual([])
})

test('what a live service calls has to have a mock', async () => {
  const page = { ...ring.components['wall']! }
  const alone = {
    ...ring,
    components: { ...ring.components, page },
    edges: [{ consumer: 'wall', provider: 'page', variable: 'PLAYER_URL' }],
  }
  await expect(openTarget(alone, 'wall', { kind: 'live' })).rejects.toThrow(
    'ring/page has no mock: there is no mocks/ring/page.mock.ts. Write it.',
  )
})
