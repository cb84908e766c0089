import { join } from 'node:path'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { embeddedPrograms } from '#harness/stack/stores/postgres/embedded.ts'
import { startLastingPostgres } from '#harness/stack/stores/postgres/server.ts'
import { redactUrl } from '#harness/stack/stores/redact-url.ts'

/** Where a broker keeps what it has. */
export type BrokerStore = AsyncDisposable &
  Readonly<{
    /** With its password: never print it. */
    url: string
    /** For people. */
    description: string
  }>

/**
 * Opens the store of a broker: the database that a URL names, or else a PostgreSQL of its own in a folder, which stays.
 * @throws EnvironmentError where there is no PostgreSQL for this platform, or it does not start.
 */
export async function openBrokerStore(databaseUrl: string | undefined, folder: string): Promise<BrokerStore> {
  if (databaseUrl)
    return { url: databaseUrl, description: redactUrl(databaseUrl), [Symbol.asyncDispose]: () => Promise.resolve() }
  try {
    const directory = join(folder, 'postgres')
    const { url, title, stop } = await startLastingPostgres(await embeddedPrograms(), directory)
    return { url, description: `${title}, embedded, in ${directory}`, [Symbol.asyncDispose]: stop }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EnvironmentError(
      `Cannot start the broker's PostgreSQL in ${folder}: ${reason}. End what else runs there, name another folder with --data, or set DATABASE_URL.`,
      { cause: error },
    )
  }
}
