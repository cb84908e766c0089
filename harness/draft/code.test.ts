import { Matching } from '#harness/contract/example.ts'
import { call, render, textCode, valueCode } from './code.ts'

test.each([
  ["it's", `"it's"`],
  ['"a"', `'"a"'`],
  [`both ' and "`, String.raw`'both \' and "'`],
  ['a\nb\\c', String.raw`'a\nb\\c'`],
  ['`${x}`', "'`${x}`'"],
])('a text is code that means the same: %s', (text, code) => {
  expect(textCode(text)).toBe(code)
  // oxlint-disable-next-line no-eval -- what is written is what TypeScript would read
  expect((0, eval)(code)).toBe(text)
})

test('values are on one line where they fit, else on several', () => {
  const value = { 'content-type': 'text/plain', list: [1, null, true], at: new Matching('.+', 'x') }
  const inline = `{ 'content-type': 'text/plain', list: [1, null, true], at: matching('.+', 'x') }`
  expect(render(valueCode(value), '')).toBe(inline)
  expect(render(call('f', valueCode({ ...value, long: 'x'.repeat(60) })), '  ')).toBe(
    [
      'f({',
      "    'content-type': 'text/plain',",
      '    list: [1, null, true],',
      "    at: matching('.+', 'x'),",
      `    long: '${'x'.repeat(60)}',`,
      '  })',
    ].join('\n'),
  )
  expect(render(valueCode([]), '')).toBe('[]')
  expect(render(valueCode({}), '')).toBe('{}')
})
