import { spawnSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { call, deployed } from '#harness/broker/testing/broker-api.ts'
import { brokerProject, type BrokerProject } from '../testing/broker-project.ts'

let at: BrokerProject
beforeAll(async () => {
  at = await brokerProject()
  await at.run(['publish', '--version', 'v1', '--branch', 'main'])
  await at.run(['replay', 'shop/stock', '--target', 'live', '--publish', '--version', 'v1', '--branch', 'main'])
}, 60_000)
afterAll(() => at[Symbol.asyncDispose]())

const ask = (...args: readonly string[]): ReturnType<BrokerProject['run']> => at.run(['can-i-deploy', ...args])

test('a provider goes first, then its consumer', async () => {
  const early = await ask('shop/till', '--version', 'v1', '--to', 'test')
  expect(early.stdout).toContain('deploy-unproven: shop-till v1 to test')
  expect(early.stdout).toContain('shop-till v1 to test: not known yet')
  expect(early.code).toBe(3)
  const provider = await ask('shop/stock', '--version', 'v1', '--to', 'test')
  expect(provider.stdout).toContain('nobody there calls shop-stock, and it verified 1 pacts')
  expect(provider.code).toBe(0)
  await deployed(at.broker, { pacticipant: 'shop-stock', version: 'v1', to: 'test' })
  const consumer = await ask('shop/till', '--version', 'v1', '--to', 'test')
  expect(consumer.stdout).toMatch(/shop-till +v1 +shop-stock +v1 +good/)
  expect(consumer.stdout).toContain('shop-till v1 to test: yes')
  expect(consumer.code).toBe(0)
})

test('a bad result is a no with its reason; a version that nobody published is not proven', async () => {
  const pact = await call(at.broker, '/pacts/provider/shop-stock/consumer/shop-till/version/v1')
  const bad = { success: false, providerApplicationVersion: 'bad' }
  await call(at.broker, pact.body._links['pb:publish-verification-results'].href, { method: 'POST', json: bad })
  await deployed(at.broker, { pacticipant: 'shop-stock', version: 'bad', to: 'production' })
  const refused = await ask('shop/till', '--version', 'v1', '--to', 'production')
  expect(refused.stdout).toContain(
    'The verification for the pact between version v1 of shop-till and the version of shop-stock currently in production (bad) failed.',
  )
  expect(refused.code).toBe(1)
  const ignoring = await ask('shop/till', '--version', 'v1', '--to', 'production', '--ignore', 'shop/stock')
  expect(ignoring.stdout).toContain('bad, ignored')
  expect(await ask('shop/till', '--version', 'v9', '--to', 'test')).toMatchObject({ code: 3 })
})

test('while results are missing it is asked again, and the answer counts', async () => {
  await call(at.broker, '/pacticipants/shop-stock/branches/main/versions/v2', { method: 'PUT', json: {} })
  const question = ask(
    'shop/till',
    '--version',
    'v1',
    '--main-branch',
    '--retry-while-unknown',
    '60',
    '--retry-interval',
    '1',
  )
  const pact = await call(at.broker, '/pacts/provider/shop-stock/consumer/shop-till/version/v1')
  const good = { success: true, providerApplicationVersion: 'v2' }
  await call(at.broker, pact.body._links['pb:publish-verification-results'].href, { method: 'POST', json: good })
  expect(await question).toMatchObject({ code: 0, stdout: expect.stringContaining('with the main branches: yes') })
}, 90_000)

test.each([
  [['shop/till'], 'where to?'],
  [['shop/till', '--version', '1', '--to', 'test', '--main-branch'], 'two questions'],
  [['shop/till', '--version', '1', '--to', 'test', '--from', '.'], '--from goes with --ledger'],
  [['shop/till', '--version', '1', '--to', 'test', '--retry-while-unknown', 'often'], 'which is no number'],
  [['shop/till', '--ledger', 'nowhere'], 'which is no directory and no git ref'],
])('%j is a usage error', async (args, message) => {
  expect(await ask(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) })
})

test('without a broker the same is answered from what is kept: a folder, or a git ref', async () => {
  const { project, run } = at
  const results = join(project.root, 'pacts', 'results')
  const keep = (version: string): ReturnType<typeof run> =>
    run(['replay', 'shop/stock', '--target', 'live', '--results', results, '--version', version])
  expect(await ask('shop/till', '--ledger', 'pacts')).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('no version of shop-stock ever replayed a pact there'),
  })
  expect(await keep('c1')).toMatchObject({ code: 0 })
  git('init', '--quiet')
  git('add', 'pacts')
  git('commit', '--quiet', '-m', 'deployed')
  git('tag', 'production')
  await cp(join(project.root, 'pacts'), join(project.root, 'deployed'), { recursive: true })
  expect(await keep('c2')).toMatchObject({ code: 0 })
  for (const ledger of ['production', 'deployed']) {
    const yes = await ask('shop/stock', '--ledger', ledger, '--to', 'production')
    expect(yes).toMatchObject({ code: 0, stdout: expect.stringContaining('every interaction was replayed') })
    expect(await ask('shop/till', '--ledger', ledger)).toMatchObject({ code: 0 })
  }
}, 60_000)

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false']
  const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: at.project.root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`)
}
