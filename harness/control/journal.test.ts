import type { Exchange } from '#harness/stack/proxy/types.ts'
import { makeJournal } from './journal.ts'

const edge = { consumer: 'reader', provider: 'library' }
const unknown = { operation: undefined, match: { kind: 'undeclared' }, like: [], faults: [] } as const

function exchange(path: string, size = 0): Exchange {
  return {
    id: 1,
    at: Date.parse('2026-01-02T03:04:05.678Z'),
    request: { id: 1, method: 'GET', path, headers: {}, body: Buffer.alloc(size) },
    reply: { status: 200, headers: {} },
    durationMs: 1.234,
    outcome: 'answered',
  }
}

test('an exchange is summed up, its query left out', () => {
  expect(makeJournal().add(edge, exchange('/books?token=abc'), { ...unknown, operation: 'listBooks' })).toEqual({
    id: 1,
    at: '2026-01-02T03:04:05.678Z',
    ...edge,
    operation: 'listBooks',
    method: 'GET',
    path: '/books',
    status: 200,
    milliseconds: 1.2,
    outcome: 'answered',
    faults: [],
    match: { kind: 'undeclared' },
  })
})

test('who asks again and again does not push out what happened once', () => {
  const journal = makeJournal({ exchanges: 10 })
  journal.add(edge, exchange('/once'), unknown)
  for (let count = 0; count < 100; count++) journal.add(edge, exchange('/again'), unknown)
  const paths = journal.entries().map(({ summary }) => summary.path)
  expect(paths).toEqual(['/once', ...Array.from({ length: 9 }, () => '/again')])
  expect(journal.entries().at(-1)?.summary.id).toBe(101)
  expect(journal.dropped()).toBe(91)
  expect(journal.find(2)).toBeUndefined()
})

test('what it holds is bounded, whatever the size of what is sent', () => {
  const journal = makeJournal({ bytes: 100_000 })
  for (let count = 0; count < 10; count++) journal.add(edge, exchange(`/upload/${count}`, 30_000), unknown)
  expect(journal.entries().map(({ summary }) => summary.path)).toEqual(['/upload/7', '/upload/8', '/upload/9'])
})

test('ids go on after it was cleared', () => {
  const journal = makeJournal()
  journal.add(edge, exchange('/a'), unknown)
  journal.clear()
  expect([journal.entries(), journal.dropped()]).toEqual([[], 0])
  expect(journal.add(edge, exchange('/b'), unknown).id).toBe(2)
})
