import { tokenIn } from './token.ts'

test.each([
  ['#abc_123-x', 'abc_123-x'],
  ['  abc ', 'abc'],
  ['http://127.0.0.1:4599/#abc', 'abc'],
  ['control  http://127.0.0.1:4599/#abc', 'abc'],
  ['', undefined],
  ['#', undefined],
  ['http://127.0.0.1:4599/', undefined],
  ['no token', undefined],
])('of "%s" the token is %s', (text, token) => {
  expect(tokenIn(text)).toBe(token)
})
