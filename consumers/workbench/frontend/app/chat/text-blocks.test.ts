import { blocksOf } from './text-blocks.ts'

test('a message without code is one text', () => {
  expect(blocksOf('Go north.\n\nThen `east`.')).toEqual([{ kind: 'text', text: 'Go north.\n\nThen `east`.' }])
})

test('code stands between two lines of backticks, with its language', () => {
  expect(blocksOf('Run this:\n```sh\nnpm ci\n```\n\nThat is all.')).toEqual([
    { kind: 'text', text: 'Run this:' },
    { kind: 'code', text: 'npm ci', language: 'sh' },
    { kind: 'text', text: 'That is all.' },
  ])
})

test('code that is still coming is code already', () => {
  expect(blocksOf('```\nnpm')).toEqual([{ kind: 'code', text: 'npm', language: '' }])
})

test('lines that begin with a dash are a list, and those within code are not', () => {
  expect(blocksOf('Pack:\n\n- tent\n- map\n\nThen go.\n```\n- no list\n```')).toEqual([
    { kind: 'text', text: 'Pack:' },
    { kind: 'list', items: ['tent', 'map'] },
    { kind: 'text', text: 'Then go.' },
    { kind: 'code', text: '- no list', language: '' },
  ])
})
