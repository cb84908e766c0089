import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { call } from '#harness/broker/testing/broker-api.ts'
import { testBroker } from '#harness/broker/testing/test-broker.ts'
import { brokerProject, type BrokerProject } from '../testing/broker-project.ts'

let at: BrokerProject
beforeAll(async () => {
  at = await brokerProject()
}, 60_000)
afterAll(() => at[Symbol.asyncDispose]())

test('the pacts of the project are published, with version, branch, tags and build', async () => {
  const given = [
    '--version',
    'v1',
    '--branch',
    'feat/x',
    '--tag',
    'a',
    '--tag',
    'b',
    '--build-url',
    'https://ci.example/1',
  ]
  const { code, stdout } = await at.run(['publish', ...given, '--verbose'])
  expect(stdout).toContain('shop-till -> shop-stock: 2 interactions')
  expect(stdout).toContain('Pact successfully published for shop-till version v1 and provider shop-stock.')
  expect(stdout).toContain('1 pacts published as version v1 on feat/x, built at https://ci.example/1')
  expect(code).toBe(0)
  const version = await call(at.broker, '/pacticipants/shop-till/versions/v1')
  expect(version.body).toMatchObject({
    buildUrl: 'https://ci.example/1',
    _embedded: { branchVersions: [{ name: 'feat/x' }], tags: [{ name: 'a' }, { name: 'b' }] },
  })
})

test('a build of GitHub Actions says itself what it is of', async () => {
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_SHA: 'abc123',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_NAME: 'main',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_RUN_ID: '7',
    GITHUB_EVENT_PATH: '',
    GITHUB_HEAD_REF: '',
  }
  const { code, stdout } = await at.run(['publish', '--json'], env)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    version: 'abc123',
    branch: 'main',
    buildUrl: 'https://github.com/o/r/actions/runs/7',
    published: [{ consumer: 'shop-till', provider: 'shop-stock', interactions: 2 }],
  })
})

test('another content for the same version is refused with the edge and what differs, and nothing is changed', async () => {
  const file = join(at.project.root, 'pacts/shop/till--stock.json')
  const pact = JSON.parse(await readFile(file, 'utf8'))
  await at.project.write('other/pact.json', JSON.stringify({ ...pact, interactions: pact.interactions.slice(1) }))
  expect(await at.run(['publish', '--version', 'v2'])).toMatchObject({ code: 0 })
  const { code, stdout } = await at.run(['publish', '--pacts', 'other', '--version', 'v2', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(stdout).findings).toMatchObject([
    {
      code: 'publish-refused',
      edge: 'shop-till -> shop-stock',
      message: expect.stringContaining('- reads item 1 given itemExists'),
      fix: expect.stringContaining('Publish it as another version'),
    },
  ])
  const { body } = await call(at.broker, '/pacts/provider/shop-stock/consumer/shop-till/version/v2')
  expect(body.interactions).toHaveLength(2)
})

test('a pact without interactions is not published: whoever has it could be deployed everywhere', async () => {
  const empty = { consumer: { name: 'shop-till' }, provider: { name: 'shop-stock' }, interactions: [], metadata: {} }
  await at.project.write('empty/pact.json', JSON.stringify(empty))
  const { code, stdout } = await at.run(['publish', '--pacts', 'empty', '--version', 'v3'])
  expect(stdout).toContain('nothing-to-replay: shop-till -> shop-stock')
  expect(code).toBe(3)
})

test('credentials of the environment are sent, and wrong ones are a usage error that names the variables', async () => {
  await using guarded = await testBroker({ auth: { kind: 'basic', username: 'ann', password: 's3cret' } })
  const env = { PACT_BROKER_BASE_URL: guarded.url, PACT_BROKER_USERNAME: 'ann' }
  const command = ['publish', '--version', 'v1']
  expect(await at.run(command, { ...env, PACT_BROKER_PASSWORD: 's3cret' })).toMatchObject({ code: 0 })
  const wrong = await at.run(command, { ...env, PACT_BROKER_PASSWORD: 'other' })
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('Check PACT_BROKER_TOKEN') })
  expect(wrong.stderr).not.toContain('other')
})

test.each([
  [{ PACT_BROKER_BASE_URL: '' }, 'PACT_BROKER_BASE_URL is not set'],
  [{ PACT_BROKER_BASE_URL: 'broker.example' }, 'which is no URL'],
  [{ PACT_BROKER_BASE_URL: 'https://ann:s3cret@broker.example' }, 'holds credentials'],
  [{ PACT_BROKER_TOKEN: 'a', PACT_BROKER_USERNAME: 'b' }, 'are both set'],
])('%j is a usage error that repeats no secret', async (env, message) => {
  const { code, stderr } = await at.run(['publish', '--version', '1'], env as Record<string, string>)
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) })
  expect(stderr).not.toContain('s3cret')
})

test('what answers and is no Pact Broker is told as such', async () => {
  const { code, stderr } = await at.run(['publish', '--version', '1'], {
    PACT_BROKER_BASE_URL: `${at.broker.url}/diagnostic/status/heartbeat`,
  })
  expect(stderr).toContain('no Pact Broker is there')
  expect(code).toBe(11)
})
