import { anExchange } from '../../testing/examples.ts'
import { isFiltering, noFilter, passes, type Filter } from './filter.ts'

const exchanges = [
  anExchange({ id: 1, operation: 'getItem', method: 'GET', path: '/items/7', status: 200 }),
  anExchange({ id: 2, operation: 'createItem', method: 'POST', path: '/items', status: 422 }),
  anExchange({ id: 3, consumer: 'till', operation: 'getItem', status: 503, faults: ['status'] }),
  anExchange({ id: 4, operation: undefined, path: '/itemz', status: 404, match: { kind: 'undeclared' } }),
  anExchange({ id: 5, operation: 'getItem', status: undefined, outcome: 'hung', faults: ['hang'] }),
]

function shown(filter: Partial<Filter>): readonly number[] {
  return exchanges.filter(passes({ ...noFilter, ...filter })).map(({ id }) => id)
}

test('without a filter all are shown', () => {
  expect(shown({})).toEqual([1, 2, 3, 4, 5])
  expect(isFiltering(noFilter)).toBe(false)
})

test.each<[string, Partial<Filter>, readonly number[]]>([
  ['an edge', { edge: 'till → stock' }, [3]],
  ['an operation', { operation: 'getItem' }, [1, 3, 5]],
  ['a class of answers', { status: '4xx' }, [2, 4]],
  ['no answer', { status: 'none' }, [5]],
  ['what the contract does not have', { match: 'undeclared' }, [4]],
  ['several at once', { operation: 'getItem', status: '5xx' }, [3]],
])('%s can be asked for', (_what, filter, expected) => {
  expect(shown(filter)).toEqual(expected)
  expect(isFiltering({ ...noFilter, ...filter })).toBe(true)
})

test('all words have to be found, wherever they stand, in any case', () => {
  expect(shown({ text: 'ITEMS post' })).toEqual([2])
  expect(shown({ text: 'till 503' })).toEqual([3])
  expect(shown({ text: 'hung' })).toEqual([5])
  expect(shown({ text: 'getItem nowhere' })).toEqual([])
})

test('a word after a minus must not be found', () => {
  expect(shown({ text: '-getItem' })).toEqual([2, 4])
  expect(shown({ text: 'items -post' })).toEqual([1, 3, 5])
})
