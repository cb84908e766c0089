import { globSync } from 'node:fs'
import { findPrograms, pathFolders } from '../programs.ts'
import { tryStart } from '../rung.ts'
import type { Rung } from '../rung.ts'
import { runningStore } from '../store.ts'
import { startPostgresServer } from './server.ts'

/** Where packages put the servers' programs without adding the folder to PATH. */
const PACKAGED = [
  '/usr/lib/postgresql/*/bin', // Debian, Ubuntu
  '/usr/pgsql-*/bin', // Red Hat
  '/opt/homebrew/opt/postgresql@*/bin',
  '/usr/local/opt/postgresql@*/bin',
]

/** The PostgreSQL that is installed: the one on PATH, or the newest where packages put it. */
export const postgresBinary: Rung = {
  mode: 'binaries',
  async start(env) {
    const programs = findPrograms(['initdb', 'postgres'], [...pathFolders(env), ...packagedFolders()])
    if (programs === undefined) return { kind: 'unavailable', reason: 'initdb and postgres are not on PATH' }
    return tryStart(async () => {
      const { url, title, stop } = await startPostgresServer(programs)
      const description = `${title}, binary ${programs.postgres}`
      return runningStore({ kind: 'postgres', mode: 'binaries', url, description, stop })
    })
  },
}

function packagedFolders(): string[] {
  return globSync(PACKAGED).toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}
