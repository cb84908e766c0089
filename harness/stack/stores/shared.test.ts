import { EnvironmentError } from '../environment-error.ts'
import { identifyPostgres } from './postgres/identify.ts'
import { identifyRedis } from './redis/identify.ts'
import { obtainStore, shareStores } from './shared.ts'

const TIMEOUT_MS = 60_000
const inherited = process.env['CONCORDAT_STORES']

const published = (): string[] => Object.keys(process.env).filter((name) => name.startsWith('CONCORDAT_SHARED_'))

/** What this run shares must not be mixed up with what these tests share. */
const outer = published().map((name) => [name, process.env[name]] as const)
beforeEach(() => {
  for (const [name] of outer) delete process.env[name]
  process.env['CONCORDAT_STORES'] = 'embedded'
})
afterAll(() => {
  for (const [name, value] of outer) process.env[name] = value
  if (inherited === undefined) delete process.env['CONCORDAT_STORES']
  else process.env['CONCORDAT_STORES'] = inherited
})

test(
  'stores are started once and found by everybody through the environment',
  async () => {
    await using shared = await shareStores(['postgres', 'redis'])
    expect(shared.describe).toEqual([expect.stringContaining('PostgreSQL'), expect.stringContaining('Redis')])
    for (const kind of ['postgres', 'redis'] as const) {
      await using store = await obtainStore(kind)
      expect(store).toMatchObject({ kind, mode: 'embedded', url: shared.urls[kind] })
      expect(shared.describe).toContain(store.description)
    }
    expect(await identifyPostgres(shared.urls.postgres)).toMatch(/^PostgreSQL \d+/)
    expect(await identifyRedis(shared.urls.redis)).toContain('Redis')
  },
  TIMEOUT_MS,
)

test('after the end nothing is published and nothing runs', async () => {
  const shared = await shareStores(['redis'])
  expect(published()).toHaveLength(3)
  await shared.stop()
  expect(published()).toEqual([])
  await expect(identifyRedis(shared.urls.redis)).rejects.toThrow('ECONNREFUSED')
})

test('when nothing is shared a store is started, and stopped with its scope', async () => {
  let url: string
  {
    await using store = await obtainStore('redis')
    url = store.url
    expect(await identifyRedis(url)).toContain('Redis')
  }
  await expect(identifyRedis(url)).rejects.toThrow('ECONNREFUSED')
})

test(
  'when one of them cannot be had none is left, and none is published',
  async () => {
    process.env['CONCORDAT_STORES'] = ''
    process.env['CONCORDAT_POSTGRES_URL'] = 'postgres://127.0.0.1:1/none'
    try {
      const sharing = shareStores(['redis', 'postgres'])
      await expect(sharing).rejects.toThrow(EnvironmentError)
      await expect(sharing).rejects.toThrow('Cannot use CONCORDAT_POSTGRES_URL=postgres://127.0.0.1:1/none')
      expect(published()).toEqual([])
    } finally {
      delete process.env['CONCORDAT_POSTGRES_URL']
    }
  },
  TIMEOUT_MS,
)
