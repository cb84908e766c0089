import { makeClock } from './clock.ts'

test('each moment is later than the one before, also within one millisecond and where the time goes back', () => {
  const times = [1000, 1000, 1000, 5000, 4000]
  const now = makeClock(() => times.shift() ?? 0)
  const given = [now(), now(), now(), now(), now()].map(Date.parse)
  expect(given).toEqual([1000, 1001, 1002, 5000, 5001])
})
