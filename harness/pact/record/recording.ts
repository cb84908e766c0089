import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { AnyContract } from '#harness/contract/contract.ts'
import type { MessageExpectation } from '../recorder/expectation.ts'
import type { AnyInteraction } from './interaction.ts'

/** The variable that says where recordings of a run go; a run's end merges them into the pacts. */
export const recordingsVariable = 'CONCORDAT_RECORDINGS'

/** One interaction on its way into a pact. */
export type Recording = Readonly<{
  consumer: string
  contract: AnyContract
  description: string
  interaction: AnyInteraction
  /** The consumer test that records it, relative to the project. */
  testFile: string
  /** Where its pact goes: a folder that nothing else writes to. */
  folder: string
}>

/** What a consumer's test gets: where its client has to call, and what stands for a credential. */
export type RecordingApi = Readonly<{ url: string; placeholder: string }>

/** What every expectation says of its recording. */
export function commonOf({
  consumer,
  contract,
  description,
  interaction,
  testFile,
  folder,
}: Recording): Omit<MessageExpectation, 'kind' | 'request' | 'response' | 'rules'> {
  return { consumer, provider: contract.name, description, states: interaction.given ?? [], testFile, folder }
}

/**
 * A folder of its own for each interaction: Pact reads the old file before it locks it, so a shared one loses interactions.
 * @throws Error where the run has no folder for recordings.
 */
export function recordingFolder(edge: string, testFile: string, description: string): string {
  const root = process.env[recordingsVariable]
  if (!root) {
    throw new Error(
      `recording "${description}" is not possible: ${recordingsVariable} is not set. Run it with \`npm run concordat -- record\` or \`npm test\`.`,
    )
  }
  const key = createHash('sha256').update(`${testFile}\n${description}`).digest('hex').slice(0, 16)
  return join(root, edge, key)
}
