import { call } from '#harness/broker/testing/broker-api.ts'
import { brokerProject, type BrokerProject } from '../testing/broker-project.ts'

let at: BrokerProject
beforeAll(async () => {
  at = await brokerProject()
}, 60_000)
afterAll(() => at[Symbol.asyncDispose]())

const there = async (): Promise<string> => (await at.run(['environments'])).stdout

test('what is deployed and released is recorded, listed and ended', async () => {
  const { run } = at
  expect(await run(['publish', '--version', 'v1', '--branch', 'main'])).toMatchObject({ code: 0 })
  expect(await run(['environments', '--create', 'uat', '--display-name', 'UAT'])).toMatchObject({ code: 0 })
  const deployed = await run(['record-deployment', 'shop/till', '--to', 'uat', '--version', 'v1', '--instance', 'blue'])
  expect(deployed).toMatchObject({ code: 0, stdout: 'shop-till v1 is deployed to uat (blue)\n' })
  const released = await run(['record-deployment', 'shop/till', '--to', 'production', '--version', 'v1', '--release'])
  expect(released).toMatchObject({ code: 0 })
  expect(await there()).toContain('uat (UAT)\n  shop-till v1 (blue) deployed')
  expect(await there()).toContain('production (Production), production\n  shop-till v1 released')
  const notThere = await run(['record-deployment', 'shop/till', '--to', 'uat', '--ended'])
  expect(notThere).toMatchObject({ code: 1, stderr: expect.stringContaining('shop-till is not deployed to uat') })
  const ended = await run(['record-deployment', 'shop/till', '--to', 'uat', '--instance', 'blue', '--ended'])
  expect(ended).toMatchObject({ code: 0, stdout: 'shop-till v1 is deployed to uat no more\n' })
  expect(await run(['record-deployment', 'shop/till', '--to', 'production', '--release', '--ended'])).toMatchObject({
    code: 0,
  })
  expect(await there()).toContain('uat (UAT): nothing is there')
}, 60_000)

test.each([
  [
    ['record-deployment', 'shop/tlil', '--to', 'test', '--version', 'v1'],
    '"shop/tlil" is no component. Did you mean "shop/till"?',
  ],
  [
    ['record-deployment', 'shop/till', '--to', 'tset', '--version', 'v1'],
    'has no environment "tset". Did you mean "test"?',
  ],
  [['record-deployment', 'shop/till', '--to', 'test', '--version', 'v9'], 'the broker has no version v9 of shop-till'],
  [
    ['record-deployment', 'shop/till', '--to', 'test', '--release', '--instance', 'a', '--version', 'v1'],
    'releases have none',
  ],
  [['environments', '--create', 'test'], 'there is an environment "test" already'],
  [['environments', '--production'], 'go with --create'],
])('%j is a usage error', async (args, message) => {
  expect(await at.run(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) })
})

test('with --json there is one document', async () => {
  const { code, stdout } = await at.run(['environments', '--json'])
  expect(code).toBe(0)
  const { environments } = JSON.parse(stdout) as { environments: readonly { name: string; production: boolean }[] }
  expect(environments.map(({ name, production }) => `${name} ${production}`).toSorted()).toEqual(
    expect.arrayContaining(['production true', 'test false']),
  )
  expect((await call(at.broker, '/environments')).status).toBe(200)
})
