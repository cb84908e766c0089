import type { Expectation } from './expectation.ts'
import { recorderVariable } from './recorder-service.ts'

/** A recording that waits for its consumer, opened at the run's recorder. */
export type RemoteRecording = Readonly<{ url: string | undefined; finish: () => Promise<void> }>

/**
 * Opens a recording.
 * @throws Error where the run has no recorder, or Pact refuses the expectation.
 */
export async function openAtRecorder(expectation: Expectation): Promise<RemoteRecording> {
  const recorder = process.env[recorderVariable]
  if (!recorder) {
    throw new Error(
      `recording "${expectation.description}" is not possible: ${recorderVariable} is not set. Run it with \`npm run concordat -- record\` or \`npm test\`.`,
    )
  }
  const { id, url } = JSON.parse(await post(`${recorder}/open`, JSON.stringify(expectation))) as {
    id: string
    url?: string
  }
  return { url, finish: async () => void (await post(`${recorder}/finish/${id}`)) }
}

async function post(address: string, body = ''): Promise<string> {
  const reply = await fetch(address, { method: 'POST', body })
  const text = await reply.text()
  if (!reply.ok) throw new Error(text)
  return text
}
