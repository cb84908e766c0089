import { Redis } from 'ioredis'
import { EnvironmentError } from '../../environment-error.ts'
import { startStore } from '../start-store.ts'
import type { RunningStore } from '../store.ts'
import { claimCacheDatabase } from './claim-cache-database.ts'

let server: RunningStore
beforeEach(async () => {
  server = await startStore('redis', { env: { CONCORDAT_STORES: 'embedded' } })
})
afterEach(() => server.stop())

async function command(url: string, ...[name = '', ...args]: string[]): Promise<unknown> {
  const client = new Redis(url, { lazyConnect: true, protocol: 2 })
  await client.connect()
  try {
    return await client.call(name, args)
  } finally {
    client.disconnect()
  }
}

const claim = (): Promise<string> => claimCacheDatabase(server.url)
const numberOf = (url: string): number => Number(new URL(url).pathname.slice(1))

test('suites that claim together get a database each', async () => {
  const urls = await Promise.all(Array.from({ length: 15 }, claim))
  expect(urls.map(numberOf).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1))
})

test('what one suite stores another does not see', async () => {
  const [first, second] = [await claim(), await claim()]
  await command(first, 'SET', 'a', '1')
  expect(await command(second, 'GET', 'a')).toBeNull()
  expect(await command(first, 'GET', 'a')).toBe('1')
})

test('claims go round, and a database is empty when it is claimed again', async () => {
  const first = await claim()
  await command(first, 'SET', 'a', '1')
  for (let turn = 0; turn < 14; turn++) await claim()
  expect(await claim()).toBe(first)
  expect(await command(first, 'DBSIZE')).toBe(0)
})

test("somebody's data is passed over", async () => {
  const precious = new URL('/1', server.url).href
  await command(precious, 'SET', 'precious', '1')
  expect(numberOf(await claim())).toBe(2)
  expect(await command(precious, 'GET', 'precious')).toBe('1')
})

test("when all databases hold somebody's data nothing is touched", async () => {
  for (let number = 1; number <= 15; number++)
    await command(new URL(`/${number}`, server.url).href, 'SET', 'precious', '1')
  await expect(claim()).rejects.toThrow(EnvironmentError)
  await expect(claim()).rejects.toThrow('1 to 15 all hold data that is not of these tests')
})

test('a server that cannot be reached is an error', async () => {
  await expect(claimCacheDatabase('redis://:secret@127.0.0.1:1')).rejects.toThrow(
    'Cannot claim a database at redis://:***@127.0.0.1:1: connect ECONNREFUSED',
  )
})
