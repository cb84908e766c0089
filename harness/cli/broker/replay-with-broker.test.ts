import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call } from '#harness/broker/testing/broker-api.ts'
import { liveStock } from '#harness/gate/testing/gate-project.ts'
import { brokerProject, type BrokerProject } from '../testing/broker-project.ts'

let at: BrokerProject
beforeAll(async () => {
  at = await brokerProject()
}, 60_000)
afterAll(() => at[Symbol.asyncDispose]())

const live = ['replay', 'shop/stock', '--target', 'live'] as const

async function latestResult(): Promise<Awaited<ReturnType<typeof call>>['body']> {
  const pact = await call(at.broker, '/pacts/provider/shop-stock/consumer/shop-till/latest')
  return (await call(at.broker, pact.body._links['pb:latest-verification-results'].href)).body
}

/** Whether what is done while the service answers with another name, and is put right after. */
async function whileBroken<T>(work: () => Promise<T>): Promise<T> {
  const file = 'providers/shop/stock/main.ts'
  await at.project.write(file, liveStock('item').replace('name: "item"', 'name: 7'))
  try {
    return await work()
  } finally {
    await at.project.write(file, liveStock('item'))
  }
}

test('results are published for each interaction, once the pacts of this version are', async () => {
  const early = await at.run([...live, '--publish', '--version', 'v1', '--branch', 'main'])
  expect(early.stdout).toContain('publish-refused: shop-till -> shop-stock')
  expect(early.stdout).toContain('the broker has no pact of shop-till version v1')
  expect(early.code).toBe(1)
  expect(await at.run(['publish', '--version', 'v1', '--branch', 'main'])).toMatchObject({ code: 0 })
  const published = await at.run([
    ...live,
    '--publish',
    '--version',
    'v1',
    '--branch',
    'main',
    '--build-url',
    'https://ci.example/7',
  ])
  expect(published.stdout).toContain('shop-till -> shop-stock: results published as version v1')
  expect(published.code).toBe(0)
  expect(await latestResult()).toMatchObject({
    success: true,
    providerApplicationVersion: 'v1',
    buildUrl: 'https://ci.example/7',
    verifiedBy: { implementation: 'Concordat' },
    testResults: [
      { interactionDescription: 'reads item 1', interactionId: expect.stringMatching(/^[0-9a-f]{40}$/), success: true },
      { interactionDescription: 'reads item 2', success: true },
    ],
  })
  const branch = await call(at.broker, '/pacticipants/shop-stock/branches/main/versions/v1')
  expect(branch.status).toBe(200)
}, 60_000)

test('what differs is published with its mismatches, and fails', async () => {
  const { code } = await whileBroken(() => at.run([...live, '--publish', '--version', 'v1', '--branch', 'main']))
  expect(code).toBe(1)
  const { success, testResults } = await latestResult()
  expect({ success, testResults }).toMatchObject({
    success: false,
    testResults: [
      {
        success: false,
        mismatches: expect.arrayContaining([
          { attribute: 'interaction-mismatch', identifier: '$.reply.status', description: expect.any(String) },
        ]),
      },
      {},
    ],
  })
}, 60_000)

test('pacts that changed since they were published get no result', async () => {
  await at.project.write('pacts/shop/kept.json', '{}')
  const pactFile = join(at.project.root, 'pacts/shop/till--stock.json')
  const { readFile, writeFile } = await import('node:fs/promises')
  const text = await readFile(pactFile, 'utf8')
  const pact = JSON.parse(text)
  await writeFile(pactFile, JSON.stringify({ ...pact, interactions: pact.interactions.slice(0, 1) }))
  const { code, stdout } = await at.run([...live, '--publish', '--version', 'v1'])
  await writeFile(pactFile, text)
  expect(stdout).toContain(`"reads item 2 given itemExists" of the broker's pact was not replayed`)
  expect(code).toBe(1)
}, 60_000)

test('what the broker wants is replayed; a pending pact is explained and does not break the provider', async () => {
  const { broker, run } = at
  expect(await run([...live, '--publish', '--version', 'v1', '--branch', 'main'])).toMatchObject({ code: 0 })
  const fromBroker = [...live, '--from', 'broker', '--publish', '--branch', 'main'] as const
  const pact = (await call(broker, '/pacts/provider/shop-stock/consumer/shop-till/latest')).body
  const { _links, createdAt: _at, ...content } = pact
  const wanting = { ...content, interactions: [{ ...content.interactions[0], description: 'reads what is not there' }] }
  wanting.interactions[0].request.path = '/nothing'
  const path = '/pacts/provider/shop-stock/consumer/shop-till/version/v2'
  expect((await call(broker, path, { method: 'PUT', json: wanting })).status).toBe(201)
  await call(broker, '/pacticipants/shop-till/branches/main/versions/v2', { method: 'PUT', json: {} })
  const pending = await run([...fromBroker, '--version', 's2'])
  expect(pending.stdout).toContain(
    'shop-till -> shop-stock: latest from main branch main, latest from branch main, pending',
  )
  expect(pending.stdout).toContain('a failure does not count')
  expect(pending.stdout).toContain('results published as version s2')
  expect(pending.code).toBe(0)
  const answer = await run(['can-i-deploy', 'shop/till', '--version', 'v2', '--main-branch'])
  expect(answer.code).toBe(1)
}, 60_000)

test('work in progress is replayed where it is asked for', async () => {
  const { broker, run } = at
  const pact = (await call(broker, '/pacts/provider/shop-stock/consumer/shop-till/version/v1')).body
  const { _links, createdAt: _at, ...content } = pact
  const started = { ...content, interactions: [{ ...content.interactions[0], description: 'reads it once more' }] }
  await call(broker, '/pacts/provider/shop-stock/consumer/shop-till/version/v3', { method: 'PUT', json: started })
  await call(broker, '/pacticipants/shop-till/branches/feat%2Fx/versions/v3', { method: 'PUT', json: {} })
  const { stdout } = await run([
    ...live,
    '--from',
    'broker',
    '--wip-since',
    '2020-01-01',
    '--version',
    's3',
    '--branch',
    'main',
  ])
  expect(stdout).toContain('shop-till -> shop-stock: latest from branch feat/x, work in progress')
}, 60_000)

test('results are written for a ledger', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-results-'))
  try {
    const { code } = await at.run([...live, '--results', folder, '--version', 'v1'])
    expect(code).toBe(0)
    expect(await readdir(folder)).toEqual(['shop-till--shop-stock.live.results.json'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)

test.each([
  [['replay', 'shop/stock', '--target', 'mock', '--publish', '--version', '1'], 'results of a mock prove nothing'],
  [[...live, '--only', 'x', '--publish', '--version', '1'], 'a part of a pact is no result'],
  [[...live, '--from', 'broker', '--only', 'x', '--version', '1'], "--only is for the project's own pacts"],
  [[...live, '--wip-since', '2020-01-01'], '--wip-since goes with --from broker'],
  [[...live, '--from', 'broker', '--wip-since', 'soon'], '--wip-since is "soon", which is no date'],
])('%j is a usage error', async (args, message) => {
  expect(await at.run(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) })
})
