import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { migrate } from '#harness/live-kit/migrate.ts'

/** Something that runs SQL: the pool, or one transaction. */
export type Sql = Readonly<{
  /** Runs a statement with `$1`, `$2` … as its values, and gives its rows. */
  rows: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>
}>

/** The broker's database. */
export type BrokerDatabase = AsyncDisposable &
  Sql &
  Readonly<{
    /** Commits what `work` did when it returns, and nothing of it when it throws. */
    transaction: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>
  }>

const migrations = fileURLToPath(new URL('migrations', import.meta.url))

/** How long a statement may take: long enough for a matrix of everything. */
const patienceMs = 30_000

/**
 * Connects to a PostgreSQL database that is the broker's alone, and brings its tables up to date.
 * @throws CannotStart where it takes no connection in time.
 */
export async function openBrokerDatabase(url: string): Promise<BrokerDatabase> {
  await migrate(url, { directory: migrations })
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'concordat-broker',
    max: 10,
    connectionTimeoutMillis: 15_000,
    statement_timeout: patienceMs,
  })
  // A connection that is lost while nobody uses it is replaced; without a listener it would end the process.
  pool.on('error', () => undefined)
  return {
    rows: (text, values = []) => run(pool, text, values),
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await work({ rows: (text, values = []) => run(client, text, values) })
        await client.query('commit')
        client.release()
        return result
      } catch (error) {
        client.release(true)
        throw error
      }
    },
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

async function run<Row extends pg.QueryResultRow>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  return (await on.query<Row>(text, [...values])).rows
}
