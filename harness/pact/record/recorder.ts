import { relative } from 'node:path'
import type { Call } from '#harness/contract/call.ts'
import type { TypedContract } from '#harness/contract/contract.ts'
import type { Operation } from '#harness/contract/operation.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { preflight } from '../stream/preflight.ts'
import { interactionMistakes } from './check-interaction.ts'
import type { AnyInteraction, Interaction } from './interaction.ts'
import { fileManifest } from './manifest.ts'
import { recordHttp } from './record-http.ts'
import { recordPreflight } from './record-preflight.ts'
import { recordStream } from './record-stream.ts'
import { registerSurvivals } from './survival/register-survivals.ts'
import { recordingFolder, type Recording, type RecordingApi } from './recording.ts'

/** Records what one consumer uses of one contract. */
export type Recorder<C extends TypedContract> = Readonly<{
  /**
   * Registers one Jest test that records one interaction: `run` gives the consumer's real client to the recording server
   * at `api.url` and asserts what the client makes of the answer. One further test for each fault that it survives, which
   * records nothing.
   */
  records: <Op extends Operation>(
    description: string,
    interaction: Interaction<Op> & { readonly call: Call<Op> },
    run: (api: RecordingApi) => Promise<void>,
  ) => void
  /** Registers one Jest test that records that a page of this origin may make the call: the preflight of its browser. */
  recordsPreflight: (description: string, call: Call, options: { origin: string }) => void
  contract: C
}>

export type ConsumerOptions = Readonly<{
  /** Milliseconds that one recording may take. Default 20,000: a busy machine records for many at once. */
  timeoutMs?: number
}>

/** A consumer, by its name outside its system: `consumer('workbench-frontend').of(backend)`. */
export function consumer(
  name: string,
  options: ConsumerOptions = {},
): { of: <C extends TypedContract>(contract: C) => Recorder<C> } {
  return { of: (contract) => recorder(name, contract, options) }
}

function recorder<C extends TypedContract>(
  name: string,
  contract: C,
  { timeoutMs = 20_000 }: ConsumerOptions,
): Recorder<C> {
  const testFile = relative(projectRoot, expect.getState().testPath ?? '')
  const manifest = fileManifest(`${name}--${contract.name}`, testFile)
  function register(
    description: string,
    interaction: AnyInteraction,
    record: (recording: Recording) => Promise<void>,
  ): void {
    const here = new Error('recorded here')
    manifest.register(description)
    async function run(): Promise<void> {
      const folder = recordingFolder(`${name}--${contract.name}`, testFile, description)
      const recording: Recording = { consumer: name, contract, description, interaction, testFile, folder }
      refuseMistakes(recording, here)
      await record(recording)
      manifest.recorded(description)
    }
    test(description, run, timeoutMs)
  }
  return {
    contract,
    records(description, interaction, run) {
      const any = interaction as unknown as AnyInteraction
      const isStream = any.events !== undefined || any.conversation !== undefined || any.refused !== undefined
      register(description, any, (recording) => (isStream ? recordStream(recording, run) : recordHttp(recording, run)))
      const recording = { consumer: name, contract, description, interaction: any, testFile }
      if (any.survives) registerSurvivals({ recording, survives: any.survives, run, timeoutMs })
    },
    recordsPreflight(description, call, { origin }) {
      register(description, { call }, (recording) =>
        recordPreflight(recording, origin, async (envelope, { url }) => void (await preflight(url, envelope))),
      )
    },
  }
}

/** An example that contradicts the contract fails at its own line, before anything is recorded. */
function refuseMistakes({ contract, interaction, description }: Recording, here: Error): void {
  const mistakes = interactionMistakes(contract, interaction)
  if (mistakes.length === 0) return
  const message = `"${description}" contradicts the contract of ${contract.name}:\n  ${mistakes.join('\n  ')}\nCorrect the example, or the contract.`
  const error = new Error(message)
  error.stack = `${error.name}: ${message}\n${(here.stack ?? '').split('\n').slice(2).join('\n')}`
  throw error
}
