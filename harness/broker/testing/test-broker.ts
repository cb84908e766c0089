import { createDatabase, dropDatabase } from '#harness/stack/stores/database.ts'
import { obtainStore } from '#harness/stack/stores/store-keeper.ts'
import type { BrokerSettings } from '../server/settings.ts'
import { startBroker, type RunningBroker } from '../server/start-broker.ts'

/** A broker for one test file, with a database of its own in the PostgreSQL that the run shares. */
export type TestBroker = RunningBroker & Readonly<{ databaseUrl: string }>

/** Starts one; disposing it ends it and drops its database. */
export async function testBroker(settings: Partial<BrokerSettings> = {}): Promise<TestBroker> {
  await using starting = new AsyncDisposableStack()
  const store = starting.use(await obtainStore('postgres'))
  const databaseUrl = await createDatabase(store.url, 'broker')
  starting.defer(() => dropDatabase(store.url, databaseUrl))
  const errors: Error[] = []
  const broker = starting.use(await startBroker({ databaseUrl, settings, onError: (error) => void errors.push(error) }))
  const all = starting.move()
  return {
    ...broker,
    databaseUrl,
    async [Symbol.asyncDispose]() {
      await all.disposeAsync()
      // What the broker did not foresee is a mistake of its own, also where a client made nothing of it.
      if (errors.length > 0) throw new AggregateError(errors, `the broker failed: ${errors.map(String).join('; ')}`)
    },
  }
}
