import { EnvironmentError } from '../environment-error.ts'
import { identifyRedis } from './redis/identify.ts'
import { keeperVariable, obtainStore, startStoreKeeper, type StoreKeeper } from './store-keeper.ts'

const outer = { stores: process.env['CONCORDAT_STORES'], keeper: process.env[keeperVariable] }

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

beforeEach(() => setVariable('CONCORDAT_STORES', 'embedded'))
afterEach(() => {
  setVariable('CONCORDAT_STORES', outer.stores)
  setVariable(keeperVariable, outer.keeper)
})

async function keeperInEnvironment(): Promise<StoreKeeper> {
  const keeper = await startStoreKeeper()
  setVariable(keeperVariable, keeper.address)
  return keeper
}

test('a store is started once, for all that ask, and ends with the keeper', async () => {
  const keeper = await keeperInEnvironment()
  const [first, second] = await Promise.all([obtainStore('redis'), obtainStore('redis')])
  expect(first).toMatchObject({ kind: 'redis', mode: 'embedded', description: expect.stringContaining('Redis') })
  expect(second.url).toBe(first.url)
  await first.stop()
  expect(await identifyRedis(second.url)).toContain('Redis')
  await keeper.stop()
  await expect(identifyRedis(first.url)).rejects.toThrow('ECONNREFUSED')
}, 30_000)

test('only who knows the address is told where the stores are', async () => {
  await using keeper = await keeperInEnvironment()
  const { origin } = new URL(keeper.address)
  expect((await fetch(`${origin}/redis`)).status).toBe(404)
})

test('a store that cannot be had is the error of who asked', async () => {
  await using _keeper = await keeperInEnvironment()
  setVariable('CONCORDAT_STORES', 'nowhere')
  await expect(obtainStore('redis')).rejects.toThrow(EnvironmentError)
})

test('without a keeper everybody gets a store of their own', async () => {
  setVariable(keeperVariable, undefined)
  await using first = await obtainStore('redis')
  await using second = await obtainStore('redis')
  expect(second.url).not.toBe(first.url)
}, 30_000)
