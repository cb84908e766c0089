import { createServer, type AddressInfo } from 'node:net'
import pg from 'pg'
import { exampleStores, type ExampleStores } from '../testing/example-stores.ts'
import { migrate } from './migrate.ts'

let stores: ExampleStores
beforeEach(async () => {
  stores = await exampleStores()
})
afterEach(() => stores[Symbol.asyncDispose]())

async function column(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: stores.databaseUrl })
  await client.connect()
  const { rows } = await client.query({ text, rowMode: 'array' })
  await client.end()
  return rows.flat()
}

test('all migrations are applied in their order, and a second run finds nothing to do', async () => {
  const applied = await migrate(stores.databaseUrl, 0)
  expect(applied).toEqual(['001-accounts-and-conversations.sql', '002-files.sql'])
  expect(await column('select name from schema_migrations order by applied_at')).toEqual(applied)
  expect(await migrate(stores.databaseUrl, 0)).toEqual([])
})

test('several processes that start at once apply each migration once', async () => {
  const runs = await Promise.all(Array.from({ length: 4 }, () => migrate(stores.databaseUrl, 0)))
  expect(runs.flat().toSorted()).toEqual(['001-accounts-and-conversations.sql', '002-files.sql'])
})

test('a migration that fails leaves nothing of itself, and says which one it was', async () => {
  await column('create table files ()')
  await expect(migrate(stores.databaseUrl, 0)).rejects.toThrow('migration 002-files.sql failed: relation "files"')
  expect(await column('select name from schema_migrations')).toEqual(['001-accounts-and-conversations.sql'])
  await column('drop table files')
  expect(await migrate(stores.databaseUrl, 0)).toEqual(['002-files.sql'])
})

test('a database that does not exist is an error at once', async () => {
  const url = new URL(stores.databaseUrl)
  url.pathname = '/no_such_database'
  await expect(migrate(url.href, 60_000)).rejects.toThrow('Check DATABASE_URL and that PostgreSQL runs.')
})

test('a server that does not answer is waited for, and no longer than told', async () => {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  let attempts = 0
  server.on('connection', () => (attempts += 1))
  const url = `postgres://user:pass@127.0.0.1:${(server.address() as AddressInfo).port}/workbench`
  await expect(migrate(url, 300)).rejects.toThrow('the database cannot be used')
  expect(attempts).toBeGreaterThan(1)
  await new Promise((resolve) => server.close(resolve))
})
