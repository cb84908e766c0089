import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { CannotStart } from './cannot-start.ts'
import { reasonOf } from './reason-of.ts'

export type MigrationOptions = Readonly<{
  /** Where the `.sql` files are. */
  directory: string
  /** How long to wait for the database, in milliseconds. Default 20 s. */
  patienceMs?: number
}>

/** Any number, the same in every process: who holds it migrates. */
const lock = 4512_001

/** SQLSTATE classes that waiting does not change: invalid authorization, and no such database. */
const hopeless = /^(28|3D)/

/**
 * Brings the schema of a database up to date: applies each `.sql` file of a directory that was not applied yet, in the order of their
 * names, each in a transaction of its own. Safe to run in several processes at once. Waits for a database that does not
 * answer yet.
 * @returns the names of the migrations that were applied
 * @throws CannotStart where the database takes no connection in time or refuses it for good, Error for a migration that
 *   fails
 */
export async function migrate(
  url: string,
  { directory, patienceMs = 20_000 }: MigrationOptions,
): Promise<readonly string[]> {
  const client = await connectPatiently(url, performance.now() + patienceMs)
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await client.query('create table if not exists schema_migrations (name text primary key, applied_at timestamptz)')
    const { rows } = await client.query<{ name: string }>('select name from schema_migrations')
    const applied = new Set(rows.map((row) => row.name))
    const pending = (await readdir(directory)).filter((name) => name.endsWith('.sql') && !applied.has(name)).toSorted()
    for (const name of pending) await apply(client, directory, name)
    return pending
  } finally {
    // Ends the lock too.
    await client.end()
  }
}

async function apply(client: pg.Client, directory: string, name: string): Promise<void> {
  const text = await readFile(join(directory, name), 'utf8')
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
        throw new CannotStart(
          `the database cannot be used: ${reasonOf(error)}. Check DATABASE_URL and that PostgreSQL runs.`,
          { cause: error },
        )
      }
      await pause(Math.min(200, Math.max(0, deadline - performance.now())))
    }
  }
}
