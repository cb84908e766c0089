import { Refusal } from '#harness/contract/error-shape.ts'
import pg from 'pg'
import type { Logger } from 'pino'
import { reasonOf } from './reason-of.ts'

/**
 * A query. Its name stands in metrics and logs, where its values must not, and the server keeps it prepared under that
 * name: one text per name.
 */
type Query = Readonly<{ name: string; text: string; values?: readonly unknown[] }>

/** Something that runs queries: the pool, or one transaction. */
export type Queries = Readonly<{ query: <Row extends pg.QueryResultRow>(query: Query) => Promise<readonly Row[]> }>

/** PostgreSQL behind a pool. Each call answers or throws in time, also where the server hangs. */
export type Database = Queries &
  Readonly<{
    /** Commits what `work` did when it returns, and nothing of it when it throws. */
    transaction: <T>(work: (queries: Queries) => Promise<T>) => Promise<T>
    /** Throws where the server does not answer. Not counted in metrics. */
    check: () => Promise<void>
    close: () => Promise<void>
  }>

/** SQLSTATE character_not_in_repertoire: PostgreSQL keeps no NUL in text. */
const notInRepertoire = '22021'

export type DatabaseOptions = Readonly<{
  /** The service, as the server lists its connections. */
  name: string
  log: Logger
  /** How many connections at most. Default 20. */
  connections?: number
  /** How long a query, and the wait for a connection, may take in milliseconds. Default 1500. */
  patienceMs?: number
  /** Called when a query begins; what it gives is called when the query has ended. */
  time?: (query: string) => () => unknown
}>

/** Opens a pool. Nothing connects before the first query; what was lost is connected anew by the next one. */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  let pool = openPool(url, options)

  /** Where one connection fell silent the others may have too: they are not tried one after the other. */
  async function on<T>(work: (pool: pg.Pool) => Promise<T>): Promise<T> {
    const used = pool
    try {
      return await work(used)
    } catch (error) {
      if (isSilence(error) && pool === used) {
        pool = openPool(url, options)
        used.end().catch(() => undefined)
      }
      throw error
    }
  }
  return {
    query: (query) => on((current) => run(current, query, options)),
    transaction: (work) => on((current) => transaction(current, options, work)),
    check: () => on(async (current) => void (await current.query('select 1'))),
    close: () => pool.end(),
  }
}

function openPool(url: string, { name, log, connections = 20, patienceMs = 1_500 }: DatabaseOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: name,
    max: connections,
    idleTimeoutMillis: 10_000,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    statement_timeout: patienceMs,
    keepAlive: true,
  })
  // Both are needed: the pool reports idle connections only, and an error event without listener ends the process.
  pool.on('error', (error) => log.warn({ reason: reasonOf(error) }, 'Connection lost'))
  pool.on('connect', (client) => client.on('error', (error) => log.debug({ reason: reasonOf(error) }, 'Client failed')))
  return pool
}

/** Whether an error is that of pg for a query that was not answered; it has no code. */
function isSilence(error: unknown): boolean {
  return error instanceof Error && error.message === 'Query read timeout'
}

async function transaction<T>(
  pool: pg.Pool,
  options: DatabaseOptions,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work({ query: (query) => run(client, query, options) })
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    // Closing the connection makes the server roll back; asking it to could take as long again where it hangs.
    client.release(true)
    throw error
  }
}

async function run<Row extends pg.QueryResultRow>(
  on: pg.Pool | pg.PoolClient,
  { name, text, values = [] }: Query,
  { log, time }: DatabaseOptions,
): Promise<readonly Row[]> {
  const started = performance.now()
  const done = time?.(name)
  try {
    const { rows } = await on.query<Row>({ name, text, values: [...values] })
    log.info({ query: name, milliseconds: rounded(performance.now() - started) }, 'Query executed')
    return rows
  } catch (error) {
    log.warn({ query: name, reason: reasonOf(error) }, 'Query failed')
    if (error instanceof pg.DatabaseError && error.code === notInRepertoire) {
      throw new Refusal(422, 'validation_error', { message: 'Text with a NUL character cannot be stored.' })
    }
    throw error
  } finally {
    done?.()
  }
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}
