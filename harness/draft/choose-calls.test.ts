import type { Recorded } from '#harness/control/explain/pact-book.ts'
import { library } from '#harness/serve/example-contract.ts'
import { areAllCovered, chooseCalls } from './choose-calls.ts'
import { seen, type Seen } from './testing/seen.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

function recorded(path: string, status: number, query: Record<string, string[]> = {}): Recorded {
  const request = { method: 'GET', path, query }
  const interaction = { type: 'Synchronous/HTTP', description: 'recorded', request, response: { status } } as const
  return { consumer: 'reader', operation: path === '/books' ? 'listBooks' : 'getBook', interaction }
}

function chosen(calls: readonly Seen[], pact: readonly Recorded[] = []) {
  const { uncovered, leftOut } = chooseCalls(calls.map(seen), library, pact)
  return { drafts: uncovered.map(({ name, call }) => `${name} ${call.status}`), leftOut: Object.fromEntries(leftOut) }
}

test('calls are one interaction where operation, status and shape of the request are the same', () => {
  const calls = [
    { path: `/books/${id}` },
    { path: `/books/${id.replace('3', '4')}` },
    { path: `/books/${id}`, status: 404 },
    { path: '/books', query: { page: ['1'] } },
    { path: '/books', query: { page: ['2'] } },
    { path: '/books', query: { tag: ['new'] } },
    { method: 'POST', path: '/books', status: 422, body: { title: 5 } },
    { method: 'POST', path: '/books', status: 422, body: { title: 'Dune' } },
    { method: 'POST', path: '/books', status: 422, body: { title: 'Emma' } },
  ]
  expect(chosen(calls).drafts).toEqual([
    'getBook 200',
    'getBook 404',
    'listBooks 200',
    'listBooks 200',
    'addBook 422',
    'addBook 422',
  ])
})

test('what a pact covers is not drafted', () => {
  const pact = [recorded(`/books/${id}`, 200), recorded('/books', 200, { page: ['1'] })]
  const calls = [{ path: `/books/${id}` }, { path: '/books', query: { page: ['7'] } }]
  expect(chosen(calls, pact)).toEqual({ drafts: [], leftOut: { 'a pact covers them': 2 } })
  expect(areAllCovered(chooseCalls(calls.map(seen), library, pact))).toBe(true)
  expect(chosen([{ path: '/books' }], pact).drafts).toEqual(['listBooks 200'])
})

test.each<[string, Seen]>([
  ['they are preflights', { method: 'OPTIONS', path: '/books', headers: { 'access-control-request-method': 'POST' } }],
  ['the contract has no such operation', { path: '/magazines' }],
  ['the contract does not have their reply (500)', { path: '/books', status: 500 }],
  ['a fault met them', { path: '/books', faults: ['latency'] }],
  ['a fault met them', { path: '/books', headers: { 'x-concordat-fault': 'latency=10' } }],
  ['they preferred an answer of their own', { path: '/books', headers: { prefer: 'code=200' } }],
  [
    'they take a stream up again',
    { path: `/books/${id}/words`, headers: { 'last-event-id': '1' }, events: [{ event: 'end', data: { words: 0 } }] },
  ],
  ['nothing came', { path: '/desk', status: 101, messages: [] }],
])('calls are left out, as %s', (reason, call) => {
  const { drafts, leftOut } = chosen([call])
  expect(drafts).toEqual([])
  expect(Object.keys(leftOut)).toEqual([expect.stringContaining(reason)])
  expect(areAllCovered(chooseCalls([seen(call)], library, []))).toBe(false)
})
