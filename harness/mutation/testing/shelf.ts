import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { event, reply } from '#harness/contract/reply.ts'
import { mock } from '#harness/mock/mock.ts'
import { readPact } from '#harness/pact/file/pact-file.ts'
import type { AnyInteraction } from '#harness/pact/record/interaction.ts'
import { recordHttp } from '#harness/pact/record/record-http.ts'
import { recordStream } from '#harness/pact/record/record-stream.ts'
import type { RecordingApi } from '#harness/pact/record/recording.ts'
import { mockTarget } from '#harness/pact/replay/mock-target.ts'
import { startVerifier } from '#harness/pact/replay/verifier.ts'
import { library } from '#harness/serve/example-contract.ts'
import { startProxy } from '#harness/stack/proxy/proxy.ts'
import type { Bench, EdgeBench } from '../bench.ts'

/** A library of one book, as what mutants are tried on. */
const shelf = mock(library, {
  memory: () => ({ title: '' }),
  handlers: (memory) => ({
    getBook: ({ params }) => reply(200, { id: params.id, title: memory.title, pages: 412, lent: true }),
    listBooks: () => reply(200, { books: ['Dune', 'Emma'].map(book), page: 1 }),
    async *readAloud() {
      yield event('word', { text: 'In' })
      yield event('word', { text: 'the' })
      yield event('end', { words: 2 })
    },
  }),
  states: (memory) => ({
    bookExists({ title }) {
      memory.title = title
      return undefined
    },
    member: () => ({ token: 'placeholder' }),
  }),
})

function book(title: string): { id: string; title: string; pages: number; lent: boolean } {
  return { id: '7d0b5a1e-40c2-4f0e-9a66-5b1c2d3e4f50', title, pages: 100, lent: false }
}

/** What a consumer records, by its description. */
export type Recorded = Readonly<
  Record<string, Readonly<{ interaction: AnyInteraction; run: (api: RecordingApi) => Promise<unknown> }>>
>

/** A bench on which any pact with the library can be put. */
export async function openShelf(): Promise<Bench & AsyncDisposable> {
  await using resources = new AsyncDisposableStack()
  const target = resources.use(await mockTarget(shelf))
  const verifier = resources.use(await startVerifier())
  const proxy = resources.use(await startProxy({ target: target.baseUrl }))
  const owned = resources.move()
  return { target, verifier, proxy, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Records a pact with the library and puts it on the bench. */
export async function withPact(bench: Bench, recorded: Recorded): Promise<EdgeBench> {
  const folder = await mkdtemp(join(tmpdir(), 'mutation-'))
  try {
    for (const [description, { interaction, run }] of Object.entries(recorded)) {
      const recording = {
        consumer: 'reader',
        contract: library,
        description,
        interaction,
        testFile: 'harness/mutation/mutate-edge.test.ts',
        folder,
      }
      const record = interaction.events ? recordStream : recordHttp
      await record(recording, async (api) => void (await run(api)))
    }
    return { ...bench, contract: library, pact: await readPact(join(folder, 'reader-library.json')) }
  } finally {
    await rm(folder, { recursive: true })
  }
}
