import { clockTime } from './clock-time.ts'

test('a time is that of the clock at this place', () => {
  const date = new Date(2026, 10, 20, 9, 5, 7, 12)
  expect(clockTime(date.toISOString())).toBe('09:05:07.012')
})
