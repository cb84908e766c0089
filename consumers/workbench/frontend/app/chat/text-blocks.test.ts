import { blocksOf } from './text-blocks.ts'

test('a message without code is one text', () => {
  expect(blocksOf('Go north.\n\nThen `east`.')).toEqual([{ kind: 'text', text: 'Go north.\n\nThen `east`.' }])
})

test('code stands between two lines of backticks', () => {
  expect(blocksOf('Run this:\n```sh\nnpm ci\n```\n\nThat is all.')).toEqual([
    { kind: 'text', text: 'Run this:' },
    { kind: 'code', text: 'npm ci' },
    { kind: 'text', text: 'That is all.' },
  ])
})

test('code that is still coming is code already', () => {
  expect(blocksOf('```\nnpm')).toEqual([{ kind: 'code', text: 'npm' }])
})
