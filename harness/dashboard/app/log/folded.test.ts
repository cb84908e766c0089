import { anExchange } from '../../testing/examples.ts'
import { folded, rowOf } from './folded.ts'

const poll = (id: number) => anExchange({ id, operation: 'claim', status: 204 })
const health = (id: number) => anExchange({ id, operation: 'health' })
const create = (id: number) => anExchange({ id, operation: 'create', status: 201 })

function told(rows: ReturnType<typeof folded>) {
  return rows.map(({ exchange, repeats }) => [exchange.operation, exchange.id, repeats])
}

test('who asks again and again takes one row, and what happens once stays in sight', () => {
  const rows = folded([poll(7), health(6), poll(5), create(4), health(3), poll(2), poll(1)])
  expect(told(rows)).toEqual([
    ['claim', 7, [5, 2, 1]],
    ['health', 6, [3]],
    ['create', 4, []],
  ])
  expect(rowOf(rows, 2)).toBe(0)
  expect(rowOf(rows, 4)).toBe(2)
  expect([rowOf(rows, 99), rowOf(rows, undefined)]).toEqual([-1, -1])
})

test('another answer is no repeat', () => {
  const rows = folded([poll(3), anExchange({ id: 2, operation: 'claim', status: 503 }), poll(1)])
  expect(told(rows)).toEqual([
    ['claim', 3, [1]],
    ['claim', 2, []],
  ])
})

test('what was asked long before is a row of its own again', () => {
  const between = Array.from({ length: 12 }, (_, index) => anExchange({ id: 50 - index, operation: `one ${index}` }))
  expect(folded([poll(60), ...between, poll(1)])).toHaveLength(14)
})
