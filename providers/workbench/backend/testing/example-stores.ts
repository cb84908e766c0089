import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exampleDatabase } from '#harness/live-kit/testing/example-database.ts'
import { claimCacheDatabase } from '#harness/stack/stores/redis/claim-cache-database.ts'
import { obtainStore } from '#harness/stack/stores/store-keeper.ts'

/** Real stores for one test file: a database, a cache and a directory that nobody else uses. */
export type ExampleStores = AsyncDisposable & Readonly<{ databaseUrl: string; cacheUrl: string; directory: string }>

/** Gets the stores; disposing them leaves nothing behind. */
export async function exampleStores(): Promise<ExampleStores> {
  const redis = await obtainStore('redis')
  const [database, cacheUrl, directory] = await Promise.all([
    exampleDatabase('workbench_backend'),
    claimCacheDatabase(redis.url),
    mkdtemp(join(tmpdir(), 'workbench-backend-')),
  ])
  return {
    databaseUrl: database.url,
    cacheUrl,
    directory,
    async [Symbol.asyncDispose]() {
      await rm(directory, { recursive: true, force: true })
      await database[Symbol.asyncDispose]()
      await redis.stop()
    },
  }
}
