import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Verifier } from '@pact-foundation/pact'
import { reply } from '#harness/contract/reply.ts'
import { mock } from '#harness/mock/mock.ts'
import { recordHttp } from '#harness/pact/record/record-http.ts'
import { readPact, type PactFile } from '#harness/pact/file/pact-file.ts'
import { recorderVariable, startRecorderService } from '#harness/pact/recorder/recorder-service.ts'
import { mockTarget } from '#harness/pact/replay/mock-target.ts'
import { replay } from '#harness/pact/replay/replay.ts'
import { startVerifier } from '#harness/pact/replay/verifier.ts'
import { library } from '#harness/serve/example-contract.ts'
import { bookRecording, readBook } from './subject.ts'

// What replaying one interaction costs, states included: ours beside the plain Verifier of pact-js, in one run.

process.env['PACT_DO_NOT_TRACK'] = 'true'

const count = 100
const rounds = 3

const books = mock(library, {
  memory: () => new Map<string, string>(),
  handlers: (shelf) => ({
    getBook: ({ params }) => reply(200, { id: params.id, title: shelf.get(params.id) ?? '', pages: 1 }),
  }),
  states: (shelf) => ({
    bookExists(book) {
      shelf.set(book.id, book.title)
      return undefined
    },
    member: () => ({ token: 'placeholder' }),
  }),
})

async function record(folder: string): Promise<PactFile> {
  await using recorder = await startRecorderService()
  process.env[recorderVariable] = recorder.address
  const pacts: PactFile[] = []
  for (let n = 1; n <= count; n++) {
    await recordHttp(bookRecording(n, join(folder, String(n))), (api) => readBook(n, api))
    pacts.push(await readPact(join(folder, String(n), 'reader-library.json')))
  }
  return { ...(pacts[0] as PactFile), interactions: pacts.flatMap((pact) => pact.interactions) }
}

async function timed(run: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await run()
  return (performance.now() - started) / count
}

const folder = await mkdtemp(join(tmpdir(), 'concordat-bench-'))
try {
  const pact = await record(folder)
  const file = join(folder, 'pact.json')
  await writeFile(file, JSON.stringify(pact))
  await using target = await mockTarget(books)
  await using verifier = await startVerifier()
  const times: Record<'concordat' | 'plain', number[]> = { concordat: [], plain: [] }
  for (let round = 0; round < rounds; round++) {
    times.concordat.push(
      await timed(async () => {
        const results = await replay({ pact, contract: library, target, verifier })
        if (results.some(({ findings }) => findings.length > 0)) throw new Error('the replay was not green')
      }),
    )
    times.plain.push(
      await timed(async () => {
        const stateHandlers = {
          bookExists: (params: unknown) => target.setUp('bookExists', params as Record<string, unknown>) as never,
        }
        await new Verifier({
          provider: 'library',
          providerBaseUrl: target.baseUrl,
          pactUrls: [file],
          logLevel: 'error',
          stateHandlers,
        }).verifyProvider()
      }),
    )
  }
  const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0
  console.log(`replaying ${count} interactions with one state each, ms per interaction (median of ${rounds} rounds)`)
  console.log(`  concordat  ${median(times.concordat).toFixed(1)}\n  Verifier   ${median(times.plain).toFixed(1)}`)
  console.log(`  ratio      ${(median(times.concordat) / median(times.plain)).toFixed(2)} x`)
} finally {
  await rm(folder, { recursive: true })
}
process.exit(0)
