import { exactly, matching } from '#harness/contract/example.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { Recorder } from './recorder.ts'

// Checked by the compiler alone.

declare const reader: Recorder<typeof library>
const run = (): Promise<void> => Promise.resolve()
const words = library.readAloud({ params: { id: 'x' } })
const call = library.getBook({ params: { id: 'x' } })

export function examples(): void {
  reader.records(
    'just the fields that it reads',
    { call, reply: { status: 200, body: { title: exactly('Dune') } } },
    run,
  )
  reader.records('a pattern', { call, reply: { status: 200, body: { title: matching('^D', 'Dune') } } }, run)
  reader.records('another scheme', { call, credential: { scheme: 'Basic' }, reply: { status: 404 } }, run)
  // @ts-expect-error a credential of no kind that there is
  reader.records('no credential', { call, credential: 'basic', reply: { status: 404 } }, run)
  reader.records('a stream', { call: words, events: [{ event: 'end', data: { words: 1 } }] }, run)
  // @ts-expect-error a field that the contract does not have
  reader.records('wrong field', { call, reply: { status: 200, body: { name: 'Dune' } } }, run)
  // @ts-expect-error a field of another type
  reader.records('wrong type', { call, reply: { status: 200, body: { pages: 'many' } } }, run)
  // @ts-expect-error a status that the operation does not declare
  reader.records('wrong status', { call, reply: { status: 201, body: {} } }, run)
  // @ts-expect-error an event that the stream does not have
  reader.records('wrong event', { call: words, events: [{ event: 'noise', data: {} }] }, run)
}
