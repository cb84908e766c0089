import { spansOf } from './text-spans.ts'

test('code and strong words are set apart', () => {
  expect(spansOf('Use `npm ci`, **never** npm i.')).toEqual([
    { kind: 'plain', text: 'Use ' },
    { kind: 'code', text: 'npm ci' },
    { kind: 'plain', text: ', ' },
    { kind: 'strong', text: 'never' },
    { kind: 'plain', text: ' npm i.' },
  ])
})

test('what has no end stays as it was written', () => {
  expect(spansOf('2 ** 3, and a `')).toEqual([{ kind: 'plain', text: '2 ** 3, and a `' }])
})
