import type { Redis } from 'ioredis'
import { EnvironmentError } from '../../environment-error.ts'
import { redactUrl } from '../redact-url.ts'
import { connectOnce } from './connect-once.ts'

const CLAIMABLE = 15 // databases 1 to 15; number 0 keeps the books
const COUNTER = 'concordat:claims'
const CLAIMED = 'concordat:claimed'

/**
 * Claims one of the numbered databases 1 to 15 of a Redis server for a suite, and empties it. Claims go round: the 16th
 * gets the database of the first, so no more than 15 suites may use a server at a time. A database with keys that was
 * never claimed holds somebody's data; it is passed over.
 * @returns the URL of the database
 * @throws EnvironmentError when the server cannot be used, or all 15 databases hold somebody's data
 */
export async function claimCacheDatabase(serverUrl: string): Promise<string> {
  const base = new URL(serverUrl)
  base.pathname = '/0'
  const number = await claimNumber(base.href).catch((error: Error) => {
    throw new EnvironmentError(
      `Cannot claim a database at ${redactUrl(serverUrl)}: ${error.message}. Check that this Redis server runs and can be written.`,
      { cause: error },
    )
  })
  if (number === undefined) {
    throw new EnvironmentError(
      `Cannot claim a database at ${redactUrl(serverUrl)}: 1 to 15 all hold data that is not of these tests. Empty one of them, or use another server.`,
    )
  }
  base.pathname = `/${number}`
  return base.href
}

async function claimNumber(url: string): Promise<number | undefined> {
  await using connection = await connectOnce(url)
  for (let attempt = 0; attempt < CLAIMABLE; attempt++) {
    const number = (((await connection.client.incr(COUNTER)) - 1) % CLAIMABLE) + 1
    if (await emptyDatabase(connection.client, number)) return number
  }
  return undefined
}

/** Empties a database if it is ours to empty. */
async function emptyDatabase(client: Redis, number: number): Promise<boolean> {
  await client.select(0)
  const isOurs = (await client.sismember(CLAIMED, String(number))) === 1
  await client.select(number)
  if (!isOurs && (await client.dbsize()) > 0) return false
  await client.flushdb()
  await client.select(0)
  await client.sadd(CLAIMED, String(number))
  return true
}
