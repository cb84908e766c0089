import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { reasonOf } from '../observability/log.ts'

/** Thrown where the database took no connection in time, or refused it for good. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable'
}

const directory = fileURLToPath(new URL('../migrations/', import.meta.url))

/** Any number, the same in every process: who holds it migrates. */
const lock = 4512_001

/** SQLSTATE classes that waiting does not change: invalid authorization, and no such database. */
const hopeless = /^(28|3D)/

/**
 * Brings the schema up to date: applies each file of `migrations/` that was not applied yet, in the order of their
 * names, each in a transaction of its own. Safe to run in several processes at once. Waits for a database that does not
 * answer yet.
 * @param patienceMs how long to wait for the database
 * @returns the names of the migrations that were applied
 * @throws DatabaseUnreachable, or the server's error for a migration that fails
 */
export async function migrate(url: string, patienceMs: number): Promise<readonly string[]> {
  const client = await connectPatiently(url, performance.now() + patienceMs)
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query('create table if not exists schema_migrations (name text primary key, applied_at timestamptz)')
    const { rows } = await client.query<{ name: string }>('select name from schema_migrations')
    const applied = new Set(rows.map((row) => row.name))
    const pending = (await readdir(directory)).filter((name) => name.endsWith('.sql') && !applied.has(name)).toSorted()
    for (const name of pending) await apply(client, name)
    return pending
  } finally {
    // Ends the lock too.
    await client.end()
  }
}

async function apply(client: pg.Client, name: string): Promise<void> {
  const text = await readFile(`${directory}${name}`, 'utf8')
  try {
    await client.query('begin')
    await client.query(text)
    await client.query('insert into schema_migrations values ($1, clock_timestamp())', [name])
    await client.query('commit')
  } catch (error) {
    throw new Error(`migration ${name} failed: ${reasonOf(error)}. Correct it and start again.`, { cause: error })
  }
}

async function connectPatiently(url: string, deadline: number): Promise<pg.Client> {
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      const final = error instanceof pg.DatabaseError && hopeless.test(error.code ?? '')
      if (final || performance.now() >= deadline) {
        throw new DatabaseUnreachable(
          `the database cannot be used: ${reasonOf(error)}. Check DATABASE_URL and that PostgreSQL runs.`,
          { cause: error },
        )
      }
      await pause(Math.min(200, Math.max(0, deadline - performance.now())))
    }
  }
}
