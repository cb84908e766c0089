import { once } from 'node:events'
import { Redis, type ChainableCommander } from 'ioredis'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { Logs } from '../observability/log.ts'

/** How long Redis may leave a command or a connection without an answer. */
const patienceMs = 1_000

/**
 * Opens a connection to Redis, which comes back by itself within half a second of the server. While there is none, a
 * command throws at once; where the server hangs, within a second.
 */
export function openRedis(url: string, { cache: log }: Logs): Redis {
  const redis = new Redis(url, {
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    // A server that went away without closing leaves a connection that looks open: give it up and take a new one.
    socketTimeout: patienceMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(50 * attempt, 500),
  })
  let lost = false
  redis.on('error', (error: unknown) => {
    // Once per outage, not once per attempt.
    if (!lost) log.warn({ reason: reasonOf(error) }, 'Connection lost')
    lost = true
  })
  redis.on('ready', () => {
    if (lost) log.info('Connected again')
    lost = false
  })
  return redis
}

/** Waits until the connection can be used, for so many milliseconds at most; not an error where it then cannot. */
export async function untilReady(redis: Redis, milliseconds: number): Promise<void> {
  if (redis.status === 'ready') return
  await once(redis, 'ready', { signal: AbortSignal.timeout(milliseconds) }).catch(() => undefined)
}

/**
 * Runs the commands of a transaction.
 * @returns their replies, in order
 * @throws the first error among them
 */
export async function execute(commands: ChainableCommander): Promise<readonly unknown[]> {
  const results = await commands.exec()
  return (results ?? []).map(([error, reply]) => {
    if (error) throw error
    return reply
  })
}
