import type { Reporter } from '@jest/reporters'
import { keeperVariable, startStoreKeeper, type StoreKeeper } from '#harness/stack/stores/store-keeper.ts'

/** Lets the tests of a Jest run share their stores: each is started when the first test asks for it, and ends with the run. */
// Jest asks a reporter for a default export.
// oxlint-disable-next-line import/no-default-export
export default class StoreReporter implements Pick<Reporter, 'onRunStart' | 'onRunComplete'> {
  #keeper: StoreKeeper | undefined

  async onRunStart(): Promise<void> {
    if (process.env[keeperVariable]) return
    this.#keeper = await startStoreKeeper()
    process.env[keeperVariable] = this.#keeper.address
  }

  async onRunComplete(): Promise<void> {
    await this.#keeper?.stop()
  }
}
