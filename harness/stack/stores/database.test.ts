import pg from 'pg'
import { EnvironmentError } from '../environment-error.ts'
import { createDatabase, dropDatabase } from './database.ts'
import { obtainStore } from './store-keeper.ts'
import type { RunningStore } from './store.ts'

let server: RunningStore
beforeAll(async () => {
  server = await obtainStore('postgres')
}, 60_000)
afterAll(() => server.stop())

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test('suites that share a server have a database each, also under the same name', async () => {
  const [first, second] = await Promise.all([
    createDatabase(server.url, 'orders'),
    createDatabase(server.url, 'orders'),
  ])
  await query(first, 'CREATE TABLE orders (id int)')
  expect(await query(second, "SELECT to_regclass('orders') AS found")).toEqual([{ found: null }])
  await Promise.all([dropDatabase(server.url, first), dropDatabase(server.url, second)])
})

test('any name will do, and is still to be recognised', async () => {
  const url = await createDatabase(server.url, `Payments: "Höfe" ${'x'.repeat(80)}`)
  expect(new URL(url).pathname).toMatch(/^\/payments_h_fe_x+_[0-9a-f]{8}$/)
  expect(await query(url, 'SELECT current_database() AS name')).toEqual([{ name: new URL(url).pathname.slice(1) }])
  await dropDatabase(server.url, url)
})

test('a database is dropped also while somebody is connected, and may be gone already', async () => {
  const url = await createDatabase(server.url, 'orders')
  const client = new pg.Client({ connectionString: url })
  const ended = new Promise((resolve) => client.on('error', resolve))
  await client.connect()
  await dropDatabase(server.url, url)
  await ended
  await dropDatabase(server.url, url)
  await expect(query(url, 'SELECT 1')).rejects.toThrow('does not exist')
})

test('a server that refuses is an error without the password in it', async () => {
  const url = 'postgres://me:secret@127.0.0.1:1/postgres'
  const error = await createDatabase(url, 'orders').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(EnvironmentError)
  expect((error as Error).message).toMatch(
    /^Cannot run CREATE DATABASE "orders_.*" at postgres:\/\/me:\*\*\*@127\.0\.0\.1:1/,
  )
})
