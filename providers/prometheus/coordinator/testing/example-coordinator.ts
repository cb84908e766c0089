import pg from 'pg'
import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { client, type Client } from '#harness/client/client.ts'
import { migrate } from '#harness/live-kit/migrate.ts'
import { exampleDatabase } from '#harness/live-kit/testing/example-database.ts'
import { listen } from '#harness/serve/node/host.ts'
import { openApplication } from '../application.ts'
import { makeLogs } from '../log.ts'
import { migrations } from '../migrations.ts'
import { readSettings } from '../settings.ts'
import { states } from '../states.ts'

type Environment = Readonly<Record<string, string>>

/** A line of the log, read back. */
type LogLine = Readonly<Record<string, unknown>>

/** A client of the coordinator's, as somebody calls it. */
export type Caller = Client<typeof coordinator>

/** The coordinator on a port with a real database, for tests. */
export type ExampleCoordinator = AsyncDisposable &
  Readonly<{
    /** Of each process on the database; the tests' clients call the first. */
    urls: readonly string[]
    environment: Environment
    /** Sets up the contract's states. */
    given: Awaited<ReturnType<typeof states>>['handlers']
    /** Takes back all states, and forgets the log. */
    reset: () => Promise<void>
    /** What was logged since the last reset. */
    log: LogLine[]
    owner: (name: string) => Promise<Caller>
    container: () => Promise<Caller>
    /** A node that is registered. */
    node: (name: string, url?: string) => Promise<Caller>
    /** Runs SQL beside the coordinator. */
    query: (text: string, values?: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>
    /** Lets all leases run out. */
    endLeases: () => Promise<void>
  }>

export type ExampleOptions = Readonly<{
  /** Of the environment, as other limits, or the address of a tap in place of the database. */
  changes?: (environment: Environment) => Promise<Environment> | Environment
  /** How many run on the database. Default 1. */
  processes?: number
}>

/** How long a test may take to start it, its database included, in milliseconds. */
export const startUpMs = 60_000

/** How long a test of many signed calls may take where the machine is busy, in milliseconds. */
export const busyMs = 30_000

/** Starts the coordinator. */
export async function exampleCoordinator(options: ExampleOptions = {}): Promise<ExampleCoordinator> {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await exampleDatabase('prometheus_coordinator'))
  await migrate(database.url, { directory: migrations })
  const direct = {
    DATABASE_URL: database.url,
    COORDINATOR_BIND: '127.0.0.1:0',
    JWT_KEYS: developmentKeys.tokenKeys,
    NODE_KEYS: `node-planner=${developmentKeys.planner.publicKey},node-worker=${developmentKeys.worker.publicKey}`,
  }
  const environment = { ...direct, ...(await options.changes?.(direct)) }
  const log: LogLine[] = []
  const urls: string[] = []
  for (let left = options.processes ?? 1; left > 0; left -= 1) {
    const logs = makeLogs('info', { write: (line) => void log.push(JSON.parse(line) as LogLine) })
    const application = stack.use(await openApplication(readSettings(environment), logs))
    urls.push(stack.use(await listen(application.service)).url)
  }
  const [baseUrl = ''] = urls
  const context = { baseUrl, environment: { ...environment, DATABASE_URL: database.url }, cut: unused, restore: unused }
  const live = stack.use(await states(context))
  const pool = new pg.Pool({ connectionString: database.url, max: 1 })
  // It does not wait until its connections are closed, and the database is dropped under them.
  pool.on('error', () => undefined)
  stack.defer(() => pool.end())
  async function query(text: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    return (await pool.query<Record<string, unknown>>(text, [...values])).rows
  }
  async function caller(name: string, role: 'owner' | 'container'): Promise<Caller> {
    const { token } = await live.handlers.callerKnown({ name, role })
    return client(coordinator, { baseUrl, retries: 0, credentials: { kind: 'bearer', token: () => token } })
  }
  const owned = stack.move()
  return {
    urls,
    environment,
    log,
    given: live.handlers,
    async reset() {
      await live.reset()
      log.length = 0
    },
    owner: (name) => caller(name, 'owner'),
    container: () => caller('container', 'container'),
    async node(name, url = baseUrl) {
      const { private_key } = await live.handlers.nodeRegistered({ name })
      const credentials = { kind: 'signed', secret: private_key } as const
      return client(coordinator, { baseUrl: url, retries: 0, credentials })
    },
    query,
    async endLeases() {
      await query(`update todos set lease_expires_at = now() - interval '1 millisecond' where claim_id is not null`)
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function unused(store: string): Promise<void> {
  throw new Error(`the ${store} of the example coordinator cannot be cut. Put a tap before it.`)
}
