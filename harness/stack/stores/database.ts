import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { EnvironmentError } from '../environment-error.ts'
import { redactUrl } from './redact-url.ts'

const CONNECT_TIMEOUT_MS = 20_000
const MAX_NAME_LENGTH = 63 // what PostgreSQL keeps of a name

/**
 * Creates a database of its own inside a running PostgreSQL server, so that several suites can share the server.
 * Its name is `name` and a random ending, so that two runs never meet.
 * @param serverUrl the URL of any database on that server, as a user who may create databases
 * @returns the URL of the new database
 * @throws EnvironmentError when the server refuses
 */
export async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const ending = `_${randomUUID().slice(0, 8)}`
  const database =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .slice(0, MAX_NAME_LENGTH - ending.length) + ending
  await runStatement(serverUrl, `CREATE DATABASE ${pg.escapeIdentifier(database)}`)
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/**
 * Drops a database that `createDatabase` made, also when somebody is still connected to it. One that is gone is fine.
 * @throws EnvironmentError when the server refuses; it must be PostgreSQL 13 or newer
 */
export async function dropDatabase(serverUrl: string, databaseUrl: string): Promise<void> {
  const database = decodeURIComponent(new URL(databaseUrl).pathname.slice(1))
  await runStatement(serverUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)} WITH (FORCE)`)
}

async function runStatement(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  client.on('error', () => {}) // a connection lost later is nobody's concern here
  try {
    await client.connect()
    await client.query(statement)
  } catch (error) {
    throw new EnvironmentError(
      `Cannot run ${statement} at ${redactUrl(serverUrl)}: ${error instanceof Error ? error.message : String(error)}. ` +
        'Check that the server runs and that this user may create and drop databases.',
      { cause: error },
    )
  } finally {
    await client.end().catch(() => {})
  }
}
