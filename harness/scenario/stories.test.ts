import { join } from 'node:path'
import { readResults, resultsVariable, type ScenarioResult } from '#harness/project/results.ts'
import { ringSystem } from '#harness/testing/ring-system.ts'
import { runJest, type Ran } from '#harness/testing/run.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'

/** Enough for a test runner that starts live services. */
const runMs = 60_000

const scenario = `
import { oneLive } from '#harness/scenario/kinds.ts'
import { stories } from '#harness/scenario/stories.ts'

async function ask(stack, provider, path, method = 'GET') {
  return fetch(stack.url('watcher', provider) + path, { method, headers: { 'x-request-id': 'asked' } })
}

await stories('ring', ['mock', ...(await oneLive('ring'))], {
  async 'a ball is known'(stack) {
    await stack.setUp('player', 'ballThrown', { id: 1 })
    expect((await ask(stack, 'player', '/balls/1')).status).toBe(200)
    const greeting = await (await ask(stack, 'player', '/greeting')).json()
    expect(greeting).toEqual({ text: 'good evening' })
  },
  async 'a hit is nowhere'(stack) {
    expect((await ask(stack, 'wall', '/hits/1')).status).toBe(200)
  },
  async 'somebody asks without saying who'(stack) {
    await fetch(stack.url('watcher', 'wall') + '/hits/1')
  },
}, { environment: { player: { GREETING: 'good evening' } } })
`

let ran: Ran
let told: readonly ScenarioResult[]
beforeAll(async () => {
  await using project = await temporaryProject({ ...ringSystem, 'scenarios/ring/play.scenario.test.ts': scenario })
  const results = join(project.root, 'results')
  process.env[resultsVariable] = results
  ran = await runJest(project.root, ['--verbose', 'scenarios/ring'])
  told = (await readResults(results)).filter((result) => result.kind === 'scenario')
}, runMs)

const kinds = ['mock', 'wall live, the others mocks', 'player live, the others mocks']

test('each story is told on each kind, and titles say which', () => {
  expect(ran.output).toContain('ring on mock\n')
  expect(ran.output).toContain('ring with wall live, the others mocks\n')
  expect(ran.output).toContain('ring with player live, the others mocks\n')
  expect(ran.output).toMatch(/6 failed, 3 passed/)
})

test('what was told is kept for the verdict, by the kind that it was told on', () => {
  expect(told.map(({ target, story, passed }) => `${story}, ${target}: ${passed}`).toSorted()).toEqual(
    [
      ...kinds.map((kind) => `a ball is known, ${kind}: true`),
      ...kinds.map((kind) => `a hit is nowhere, ${kind}: false`),
      ...kinds.map((kind) => `somebody asks without saying who, ${kind}: false`),
    ].toSorted(),
  )
})

test('what went over the edges is kept with it, of a story that failed too', () => {
  const traffic = (story: string) => told.find((one) => one.story === story)?.traffic
  // The components call each other by themselves, too.
  const asked = traffic('a ball is known')?.exchanges.filter(({ consumer }) => consumer === 'watcher')
  expect(asked?.map(({ signature, status }) => `${signature} ${status}`)).toEqual([
    'GET /balls/{id} 200',
    'GET /greeting 200',
  ])
  expect(traffic('a hit is nowhere')?.calls).toEqual([
    { consumer: 'watcher', provider: 'wall', operation: 'getHit', signature: 'GET /hits/{id}', count: 1 },
  ])
})

test('a story that fails shows what the live services said last', () => {
  const [, failure = ''] = ran.output.split('● ring with wall live, the others mocks › a hit is nowhere')
  expect(failure).toMatch(/Expected: 200\s+Received: 404\s+wall said last:\s+\| the wall stands in /)
  expect(failure).toContain("ask(stack, 'wall', '/hits/1')).status).toBe(200)")
})

test('a story that fails on mocks shows nothing of the kind', () => {
  const [, failure = ''] = ran.output.split('● ring on mock › a hit is nowhere')
  expect(failure.split('●')[0]).not.toContain('said last')
})

test('a lost request id fails a story that ends well, with one finding', () => {
  const [, failure = ''] = ran.output.split('● ring on mock › somebody asks without saying who')
  expect(failure.split('●')[0]?.match(/request-id-lost: watcher -> wall/g)).toHaveLength(1)
})
