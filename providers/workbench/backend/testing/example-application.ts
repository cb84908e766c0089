import type { AddressInfo } from 'node:net'
import { nodeServer } from '#harness/serve/node/host.ts'
import { migrate } from '#harness/live-kit/migrate.ts'
import supertest from 'supertest'
import { openApplication } from '../application.ts'
import { makeLogs } from '../observability/log.ts'
import { readSettings } from '../settings.ts'
import { states } from '../states.ts'
import { migrations } from '../stores/migrations.ts'
import { exampleStores } from './example-stores.ts'

type Environment = Readonly<Record<string, string>>

/** A line of the log, read back. */
type LogLine = Readonly<Record<string, unknown>>

/** The backend on a port with real stores, for tests. */
export type ExampleApplication = AsyncDisposable &
  Readonly<{
    url: string
    http: ReturnType<typeof supertest>
    environment: Environment
    /** Sets up the contract's states. */
    given: Awaited<ReturnType<typeof states>>['handlers']
    /** Takes back all states, and forgets the log. */
    reset: () => Promise<void>
    /** What was logged since the last reset. */
    log: LogLine[]
  }>

/**
 * Starts the backend.
 * @param changes to its environment, as the address of a relay in place of a store's
 */
export async function exampleApplication(
  changes: (environment: Environment) => Promise<Environment> = () => Promise.resolve({}),
): Promise<ExampleApplication> {
  const stack = new AsyncDisposableStack()
  const stores = stack.use(await exampleStores())
  const direct = {
    DATABASE_URL: stores.databaseUrl,
    REDIS_URL: stores.cacheUrl,
    NFS_MOUNT: stores.directory,
    BIND_ADDRESS: '127.0.0.1:0',
    JWT_SECRET: 'placeholder-of-a-key-with-32-characters',
    CORS_ORIGINS: 'http://app.test, http://other.test',
  }
  const environment = { ...direct, ...(await changes(direct)) }
  const log: LogLine[] = []
  await migrate(direct.DATABASE_URL, { directory: migrations })
  const logs = makeLogs('info', { write: (line) => void log.push(JSON.parse(line) as LogLine) })
  const application = stack.use(await openApplication(readSettings(environment), logs))
  const server = nodeServer(application.service)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stack.defer(async () => {
    server.emit('stopping')
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const live = stack.use(await states({ baseUrl: url, environment: direct, cut: unused, restore: unused }))
  return {
    url,
    environment,
    log,
    http: supertest(server),
    given: live.handlers,
    async reset() {
      await live.reset()
      log.length = 0
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

function unused(store: string): Promise<void> {
  throw new Error(`the ${store} of the example application cannot be cut. Put a relay before it.`)
}
