import { likenessOf, makeHistory, type RequestDeed } from './history.ts'

const drawn = { id: [], number: [], bytes: [], time: [] }

function deed(began: number, change: Partial<RequestDeed> = {}): RequestDeed {
  return {
    kind: 'request',
    began,
    drawn,
    method: 'POST',
    url: 'http://a.test/',
    headers: [],
    body: new Uint8Array(),
    reading: undefined,
    likeness: undefined,
    ...change,
  }
}

test('deeds come in the order in which they began, and one can ask for those that are new', () => {
  const history = makeHistory()
  history.add(deed(2))
  history.add(deed(1))
  const seen = history.added()
  history.add(deed(3))
  expect(history.since(0).map(({ began }) => began)).toEqual([1, 2, 3])
  expect(history.since(seen).map(({ began }) => began)).toEqual([3])
})

test('of what is repeated all the time the first and the last ones are kept', () => {
  const history = makeHistory()
  history.add(deed(0))
  for (let began = 1; began <= 100; began++) history.add(deed(began, { likeness: 'poll' }))
  const kept = history.since(0).map(({ began }) => began)
  expect(kept).toEqual([0, ...numbers(1, 10), ...numbers(91, 100)])
  expect(history.dropped()).toBe(0)
})

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

test('beyond its limits the oldest are dropped, and counted', () => {
  const history = makeHistory()
  for (let began = 1; began <= 5_010; began++) history.add(deed(began))
  expect([history.since(0)[0]?.began, history.dropped()]).toEqual([11, 10])
  history.clear()
  expect([history.since(0), history.dropped()]).toEqual([[], 0])
  for (let began = 1; began <= 5; began++) history.add(deed(began, { body: new Uint8Array(20 * 1024 * 1024) }))
  expect(history.since(0)).toHaveLength(3)
})

test('requests are alike where they ask the same and were answered the same', () => {
  expect(likenessOf(['POST', '/a', 'b'])).toBe(likenessOf(['POST', '/a', new TextEncoder().encode('b')]))
  expect(likenessOf(['POST', '/a', 'b'])).not.toBe(likenessOf(['POST', '/ab', '']))
})
