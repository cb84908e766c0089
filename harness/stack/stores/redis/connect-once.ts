import { Redis } from 'ioredis'

const CONNECT_TIMEOUT_MS = 5_000

/** A connection for one errand; it ends with its scope. */
export type Errand = AsyncDisposable & { client: Redis }

/** Connects without trying again. @throws Error, with the reason of the connection, when that fails within 5 s */
export async function connectOnce(url: string): Promise<Errand> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    protocol: 2,
  })
  let reason: Error | undefined
  client.on('error', (error: Error) => (reason ??= error))
  try {
    await client.connect()
  } catch (error) {
    // on a connection that has closed already, ioredis would keep the event loop alive for 2 s
    if (client.status !== 'close' && client.status !== 'end') client.disconnect()
    throw reason ?? error // ioredis says only "Connection is closed."
  }
  return { client, [Symbol.asyncDispose]: async () => client.disconnect() }
}
