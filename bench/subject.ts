import { client } from '#harness/client/client.ts'
import { exactly } from '#harness/contract/example.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { Recording, RecordingApi } from '#harness/pact/record/recording.ts'

/** The id of the n-th book. */
export function bookId(n: number): string {
  return `3f6c1a52-9a3c-4c55-8c1f-${String(n).padStart(12, '0')}`
}

/** A recording of reading the n-th book. */
export function bookRecording(n: number, folder: string): Recording {
  const id = bookId(n)
  return {
    consumer: 'reader',
    contract: library,
    description: `reads book ${n}`,
    interaction: {
      given: [library.states.bookExists({ id, title: `Book ${n}` })],
      call: library.getBook({ params: { id } }),
      reply: { status: 200, body: { id: exactly(id), title: exactly(`Book ${n}`), pages: 1 } },
    },
    testFile: 'reader.pact.test.ts',
    folder,
  }
}

/** What the consumer does in that recording. */
export async function readBook(n: number, { url }: Pick<RecordingApi, 'url'>): Promise<void> {
  await client(library, { baseUrl: url }).getBook({ params: { id: bookId(n) } })
}
