import { anExchange } from '../../testing/examples.ts'
import { counted, errorShare, percent } from './tally.ts'

test('each edge counts how its requests ended', () => {
  const tallies = counted(new Map(), [
    anExchange({ id: 1, status: 200 }),
    anExchange({ id: 2, status: 404 }),
    anExchange({ id: 3, status: 503 }),
    anExchange({ id: 4, status: undefined, outcome: 'unreachable' }),
    anExchange({ id: 5, consumer: '(anyone)', status: 201 }),
  ])
  expect(Object.fromEntries(tallies)).toEqual({
    'shop → stock': { good: 1, refused: 1, failed: 2 },
    'anyone → stock': { good: 1, refused: 0, failed: 0 },
  })
})

test('a stream that was left half-way is neither good nor failed', () => {
  const tallies = counted(new Map(), [anExchange({ id: 1, status: 200, outcome: 'aborted' })])
  expect(tallies.get('shop → stock')).toEqual({ good: 0, refused: 1, failed: 0 })
})

test('the share of errors is told in per cent, and a small one is not told as none', () => {
  expect(percent(errorShare({ good: 0, refused: 0, failed: 0 }))).toBe('0 %')
  expect(percent(errorShare({ good: 2, refused: 1, failed: 1 }))).toBe('50 %')
  expect(percent(errorShare({ good: 999, refused: 0, failed: 1 }))).toBe('<1 %')
})
