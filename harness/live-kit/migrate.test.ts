import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { exampleDatabase, type ExampleDatabase } from './testing/example-database.ts'
import { migrate } from './migrate.ts'

let database: ExampleDatabase
let directory: string
beforeEach(async () => {
  database = await exampleDatabase('migrate')
  directory = await mkdtemp(join(tmpdir(), 'migrate-'))
  await writeFile(join(directory, '002-files.sql'), 'create table files (id uuid); create table names (id uuid);')
  await writeFile(join(directory, '001-accounts.sql'), 'create table accounts (id uuid);')
  await writeFile(join(directory, 'notes.txt'), 'no migration')
})
afterEach(async () => {
  await database[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

const all = ['001-accounts.sql', '002-files.sql']

async function column(text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query({ text, rowMode: 'array' })
  await client.end()
  return rows.flat()
}

test('all migrations are applied in the order of their names, and a second run finds nothing to do', async () => {
  expect(await migrate(database.url, { directory })).toEqual(all)
  expect(await column('select name from schema_migrations order by applied_at')).toEqual(all)
  expect(await migrate(database.url, { directory })).toEqual([])
})

test('several processes that start at once apply each migration once', async () => {
  const runs = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url, { directory })))
  expect(runs.flat().toSorted()).toEqual(all)
})

test('a migration that fails leaves nothing of itself, and says which one it was', async () => {
  await column('create table names ()')
  await expect(migrate(database.url, { directory })).rejects.toThrow('migration 002-files.sql failed: relation "names"')
  expect(await column('select name from schema_migrations')).toEqual(['001-accounts.sql'])
  await column('drop table names')
  expect(await migrate(database.url, { directory })).toEqual(['002-files.sql'])
})

test('a database that does not exist is an error at once', async () => {
  const url = new URL(database.url)
  url.pathname = '/no_such_database'
  await expect(migrate(url.href, { directory, patienceMs: 60_000 })).rejects.toThrow(
    'Check DATABASE_URL and that PostgreSQL runs.',
  )
})

test('a server that does not answer is waited for, and no longer than told', async () => {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  let attempts = 0
  server.on('connection', () => (attempts += 1))
  const url = `postgres://user:pass@127.0.0.1:${(server.address() as AddressInfo).port}/shop`
  await expect(migrate(url, { directory, patienceMs: 300 })).rejects.toThrow('the database cannot be used')
  expect(attempts).toBeGreaterThan(1)
  await new Promise((resolve) => server.close(resolve))
})
