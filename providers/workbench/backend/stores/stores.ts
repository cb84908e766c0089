import type { Redis } from 'ioredis'
import { withDeadline } from '#harness/live-kit/deadline.ts'
import { openDatabase, type Database } from '#harness/live-kit/database.ts'
import type { Logs } from '../observability/log.ts'
import type { Metrics } from '../observability/metrics.ts'
import { makePubSub, type PubSub } from './pub-sub.ts'
import { openRedis, untilReady } from './redis.ts'
import type { Settings } from '../settings.ts'
import { openStorage, type Storage } from './storage.ts'

/** The open stores of the backend. */
export type Stores = AsyncDisposable & Readonly<{ database: Database; redis: Redis; pubSub: PubSub; storage: Storage }>

/** How long to wait for the cache at the start; the backend serves without it. */
const welcomeMs = 1_000
const farewellMs = 1_000

/** Opens the stores. One that does not answer is no error: it is used when it comes. */
export async function openStores(
  settings: Settings,
  tools: Readonly<{ logs: Logs; metrics: Metrics }>,
): Promise<Stores> {
  const database = openDatabase(settings.DATABASE_URL, {
    name: 'workbench-backend',
    log: tools.logs.database,
    time: (query) => tools.metrics.databaseQueries.startTimer({ query }),
  })
  const redis = openRedis(settings.REDIS_URL, tools.logs)
  const subscriber = openRedis(settings.REDIS_URL, tools.logs)
  const pubSub = makePubSub(redis, subscriber, tools.logs)
  await Promise.all([untilReady(redis, welcomeMs), untilReady(subscriber, welcomeMs)])
  return {
    database,
    redis,
    pubSub,
    storage: openStorage(settings.NFS_MOUNT, tools),
    async [Symbol.asyncDispose]() {
      pubSub.close()
      redis.disconnect()
      subscriber.disconnect()
      // One that hangs does not say goodbye.
      await withDeadline('closing the database', farewellMs, database.close()).catch(() => undefined)
    },
  }
}
