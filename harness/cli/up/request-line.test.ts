import type { ExchangeSummary } from '#harness/control/types.ts'
import { requestLine } from './request-line.ts'

const summary: ExchangeSummary = {
  id: 1,
  at: '2026-01-02T03:04:05.678Z',
  consumer: 'reader',
  provider: 'library',
  operation: 'listBooks',
  method: 'GET',
  path: '/books',
  status: 200,
  milliseconds: 3.4,
  outcome: 'answered',
  faults: [],
  match: { kind: 'recorded', consumer: 'reader', interaction: 'lists books' },
}
const plain = (_style: unknown, text: string): string => text

function line(change: Partial<ExchangeSummary>, unsaid = 0): string {
  return requestLine({ ...summary, ...change }, unsaid, plain).replace(/^\d\d:\d\d:05\.678 {2}/, '')
}

test('a request that is in a pact', () => {
  expect(line({})).toBe('reader -> library  listBooks  200  3.4 ms  in pact: "lists books"')
})

test('one on an edge that several consumers could have called on names whose pact it is in', () => {
  expect(line({ consumer: '(anyone)' })).toBe(
    '(anyone) -> library  listBooks  200  3.4 ms  in pact: "lists books" of reader',
  )
})

test('one that met a fault and was not answered', () => {
  const { status: _none, ...rest } = summary
  const broken: ExchangeSummary = {
    ...rest,
    outcome: 'reset',
    faults: ['reset'],
    milliseconds: 31.4,
    match: { kind: 'unrecorded' },
  }
  expect(requestLine(broken, 0, plain)).toContain('listBooks  reset  31 ms  in no pact  fault: reset')
})

test('one of many', () => {
  expect(line({}, 299)).toContain('"lists books"  and 299 more like it')
})
