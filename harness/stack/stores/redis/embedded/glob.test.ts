import fc from 'fast-check'
import { globToRegExp } from './glob.ts'

const SPECIAL = Array.from('[]^-\\*?az/{}()|$.')

test.each([
  ['*', 'anything\nat all', true],
  ['h?llo', 'hello', true],
  ['h?llo', 'hllo', false],
  ['h[ae]llo', 'hallo', true],
  ['h[^e]llo', 'hello', false],
  ['h[a-c]llo', 'hbllo', true],
  ['h[c-a]llo', 'hbllo', true],
  ['h[a\\-c]llo', 'hbllo', false],
  ['h[a-]llo', 'h-llo', true],
  ['h[]llo', 'hello', false],
  ['h\\*llo', 'h*llo', true],
  ['h\\*llo', 'hello', false],
  ['[\\]]', ']', true],
  ['a.c', 'abc', false],
  ['open[', 'open[', true],
])('%s and %j: %s', (glob, text, matches) => {
  expect(globToRegExp(glob).test(text)).toBe(matches)
})

test('no pattern is too odd to become an expression', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...SPECIAL) }), (glob) => void globToRegExp(glob)),
    { numRuns: 2_000 },
  )
})

test('a text whose special characters are escaped matches itself alone', () => {
  const escape = (text: string): string => text.replace(/[[\]\\*?^-]/g, '\\$&')
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, other) => globToRegExp(escape(text)).test(other) === (text === other)),
  )
})
