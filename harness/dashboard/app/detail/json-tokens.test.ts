import { jsonTokens } from './json-tokens.ts'

test('JSON is taken apart without losing anything', () => {
  const value = { 'a "key": x': [1, -2.5e-7, true, null, 'text \\ with "quotes"', {}], b: 'true', nested: { c: '' } }
  const json = JSON.stringify(value, null, 2)
  expect(
    jsonTokens(json)
      .map(({ text }) => text)
      .join(''),
  ).toBe(json)
})

test('keys, texts, numbers and words are told apart', () => {
  const kinds = jsonTokens('{"a":"b","n":-1.5,"t":true}').filter(({ kind }) => kind !== 'rest')
  expect(kinds.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'key "a"',
    'text "b"',
    'key "n"',
    'number -1.5',
    'key "t"',
    'word true',
  ])
})
