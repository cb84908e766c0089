import { client } from '#harness/client/client.ts'
import { library } from '#harness/serve/example-contract.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import type { Bench } from './bench.ts'
import { onReplyBody } from './hooks.ts'
import { askOnce } from './kept-answers.ts'
import type { Mutant } from './mutant.ts'
import { changeAt, removed } from './place.ts'
import { openShelf, withPact } from './testing/shelf.ts'
import { roundsOf, tryRound } from './try-green.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

let bench: Bench & AsyncDisposable
beforeAll(async () => {
  bench = await openShelf()
}, startUpMs)
afterAll(() => bench[Symbol.asyncDispose]())

function without(field: string): Mutant {
  return {
    class: 'C8',
    operation: 'getBook',
    place: `200 $.${field}`,
    change: 'removed',
    used: false,
    expected: 'green',
    on: 'reply',
    hooks: onReplyBody(200, (holder) => void changeAt(holder, field.split('.'), removed)),
    interactions: [0],
    severity: 'error',
    advice: 'Do nothing.',
  }
}

test('of several changes at once those that raise an alarm are found, and those that changed nothing', async () => {
  const edge = await withPact(bench, {
    'reads a book': {
      interaction: {
        given: [library.states.bookExists({ id, title: 'Dune' })],
        call: library.getBook({ params: { id } }),
        reply: { status: 200, body: { title: 'Dune' } },
      },
      run: ({ url }) => client(library, { baseUrl: url }).getBook({ params: { id } }),
    },
  })
  const { kept } = await askOnce(edge, 5000)
  const round = ['pages', 'title', 'lent', 'isbn'].map(without)
  const outcomes = await tryRound(round, edge, kept)
  expect(outcomes.map(({ mutant, kind }) => [mutant.place, kind])).toEqual([
    ['200 $.pages', 'green'],
    ['200 $.title', 'alarm'],
    ['200 $.lent', 'green'],
    ['200 $.isbn', 'unchanged'],
  ])
  expect(outcomes[1]?.finding?.message).toContain('title')
})

test('what holds a place is not changed together with it', () => {
  const rounds = roundsOf(['a', 'b', 'a.c', 'ab', 'a'].map(without))
  expect(rounds.map((round) => round.map(({ place }) => place.slice(6)))).toEqual([['a', 'b', 'ab'], ['a.c'], ['a']])
})
