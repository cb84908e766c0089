import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pact, SpecificationVersion } from '@pact-foundation/pact'
import { recordHttp } from '#harness/pact/record/record-http.ts'
import { recorderVariable, startRecorderService } from '#harness/pact/recorder/recorder-service.ts'
import { recordedRequestId } from '#harness/pact/record/expected-request.ts'
import { bookId, bookRecording, readBook } from './subject.ts'

// What recording one interaction costs when its edge has 10, 100 and 300: ours beside plain pact-js, in one run.

process.env['PACT_DO_NOT_TRACK'] = 'true'

const sizes = [10, 100, 300]
const folder = await mkdtemp(join(tmpdir(), 'concordat-bench-'))

async function ours(n: number): Promise<void> {
  await recordHttp(bookRecording(n, join(folder, 'ours', String(n))), (api) => readBook(n, api))
}

async function plain(n: number): Promise<void> {
  const pact = new Pact({
    consumer: 'reader',
    provider: 'library',
    dir: join(folder, 'plain'),
    spec: SpecificationVersion.SPECIFICATION_VERSION_V4,
    logLevel: 'error',
  })
  await pact
    .addInteraction()
    .given('bookExists', { id: bookId(n), title: `Book ${n}` })
    .uponReceiving(`reads book ${n}`)
    .withRequest('GET', `/books/${bookId(n)}`)
    .willRespondWith(200, (reply) =>
      reply.headers({ 'x-request-id': recordedRequestId }).jsonBody({ id: bookId(n), title: `Book ${n}`, pages: 1 }),
    )
    .executeTest((server) => readBook(n, server))
}

/** The median milliseconds of the ten interactions before each size. */
async function measure(record: (n: number) => Promise<void>): Promise<readonly number[]> {
  const times: number[] = []
  for (let n = 1; n <= Math.max(...sizes); n++) {
    const started = performance.now()
    await record(n)
    times.push(performance.now() - started)
  }
  return sizes.map((size) => times.slice(size - 10, size).toSorted((a, b) => a - b)[5] ?? 0)
}

const recorder = await startRecorderService()
process.env[recorderVariable] = recorder.address
try {
  await ours(0)
  await plain(0)
  const rows = { concordat: await measure(ours), 'pact-js': await measure(plain) }
  console.log(`recording, ms per interaction when the edge has ${sizes.join(', ')} (median of 10)`)
  for (const [name, times] of Object.entries(rows))
    console.log(`  ${name.padEnd(10)} ${times.map((time) => time.toFixed(1).padStart(6)).join(' ')}`)
  const [first = 1, , last = 1] = rows.concordat
  const [, , plainLast = 1] = rows['pact-js']
  console.log(
    `  300 against 10: ${(last / first).toFixed(2)} x · against pact-js at 300: ${(last / plainLast).toFixed(2)} x`,
  )
} finally {
  await recorder.stop()
  await rm(folder, { recursive: true })
}
