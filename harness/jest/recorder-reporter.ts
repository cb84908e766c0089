import type { Reporter } from '@jest/reporters'
import {
  recorderVariable,
  startRecorderService,
  type RecorderService,
} from '#harness/pact/recorder/recorder-service.ts'

/**
 * Gives a Jest run its recorder. In Jest's process, not in the gate's: Pact's native part prints to standard output past
 * Node, and a crash of it must not take the gate along.
 */
// Jest asks a reporter for a default export.
// oxlint-disable-next-line import/no-default-export
export default class RecorderReporter implements Pick<Reporter, 'onRunStart' | 'onRunComplete'> {
  #recorder: RecorderService | undefined

  async onRunStart(): Promise<void> {
    this.#recorder = await startRecorderService()
    process.env[recorderVariable] = this.#recorder.address
  }

  async onRunComplete(): Promise<void> {
    await this.#recorder?.stop()
  }
}
