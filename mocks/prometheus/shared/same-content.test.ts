import { sameContent } from './same-content.ts'

test.each([
  [{ a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [[1, 2], [2, 1], false],
  [{ a: null }, {}, false],
  ['a', 'a', true],
])('%j and %j', (one, other, same) => {
  expect(sameContent(one, other)).toBe(same)
})
