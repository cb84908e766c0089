import { once } from 'node:events'
import { InvalidEnvironment } from '#harness/contract/environment.ts'
import { listen } from '#harness/serve/node/host.ts'
import { openApplication } from './application.ts'
import { makeLogs, reasonOf } from './observability/log.ts'
import { DatabaseUnreachable, migrate } from './stores/migrate.ts'
import { readSettings } from './settings.ts'

/** The process cannot do its work in the environment that it was given. */
const environmentExit = 14

/** How long the database may take to come up. */
const databasePatienceMs = 20_000

/** Thrown where the backend cannot listen at its address. */
class CannotListen extends Error {
  override readonly name = 'CannotListen'
}

async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const logs = makeLogs(settings.RUST_LOG)
  const applied = await migrate(settings.DATABASE_URL, databasePatienceMs)
  for (const name of applied) logs.database.info({ migration: name }, 'Migration applied')
  await using application = await openApplication(settings, logs)
  await using listening = await listenAt(settings.BIND_ADDRESS, application)
  const asked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  logs.backend.info({ url: listening.url, port: listening.port }, 'Listening')
  await asked
  logs.backend.info('Stopping')
}

async function listenAt(address: string, { service }: Awaited<ReturnType<typeof openApplication>>) {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? []
  try {
    return await listen(service, { host, port: Number(port) })
  } catch (error) {
    throw new CannotListen(
      `the backend cannot listen at ${address}: ${reasonOf(error)}. Free it, or choose another BIND_ADDRESS.`,
      { cause: error },
    )
  }
}

try {
  await main()
  process.exit(0)
} catch (error) {
  const expected = [InvalidEnvironment, DatabaseUnreachable, CannotListen].some((kind) => error instanceof kind)
  process.stderr.write(`${expected ? reasonOf(error) : error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(expected ? environmentExit : 1)
}
