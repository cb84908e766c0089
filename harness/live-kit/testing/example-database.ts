import { createDatabase, dropDatabase } from '#harness/stack/stores/database.ts'
import { obtainStore } from '#harness/stack/stores/store-keeper.ts'

/** A database for one test file, that nobody else uses. */
export type ExampleDatabase = AsyncDisposable & Readonly<{ url: string }>

/** Gets an empty database on a real server; disposing it leaves nothing behind. */
export async function exampleDatabase(name: string): Promise<ExampleDatabase> {
  const postgres = await obtainStore('postgres')
  const url = await createDatabase(postgres.url, name)
  return {
    url,
    async [Symbol.asyncDispose]() {
      await dropDatabase(postgres.url, url)
      await postgres.stop()
    },
  }
}
