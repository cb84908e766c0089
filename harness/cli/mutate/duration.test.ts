import { UsageError } from '#harness/project/usage-error.ts'
import { durationOf } from './duration.ts'

test.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['1.5m', 90_000],
  ['2', 2000],
])('%s is %d milliseconds', (text, milliseconds) => {
  expect(durationOf('--time', text)).toBe(milliseconds)
})

test.each(['soon', '0s', '-1s', '5h', ''])('"%s" is no time', (text) => {
  expect(() => durationOf('--time', text)).toThrow(UsageError)
})
