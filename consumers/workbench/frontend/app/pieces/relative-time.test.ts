import { relativeTime } from './relative-time.ts'

const now = new Date('2026-01-20T12:00:00Z')

test.each([
  ['2026-01-20T11:59:10Z', 'just now'],
  ['2026-01-20T12:00:05Z', 'just now'],
  ['2026-01-20T11:58:30Z', '1 minute ago'],
  ['2026-01-20T09:00:00Z', '3 hours ago'],
  ['2026-01-19T11:00:00Z', 'yesterday'],
  ['2026-01-15T11:00:00Z', '5 days ago'],
  ['2026-01-02T12:00:00Z', 'Jan 2, 2026'],
])('%s is %s', (time, text) => {
  expect(relativeTime(new Date(time), now)).toBe(text)
})
