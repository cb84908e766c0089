import { mutationRun } from '#harness/gate/testing/evidence.ts'
import { mutationTable, unprovenLines } from './mutation-lines.ts'

const result = mutationRun({
  tried: 30,
  of: 40,
  caught: 19,
  harmless: 8,
  unchanged: ['C8 getBook 200 $.note removed', 'C12 getBook 200 $.note null'],
  unobservable: ['a', 'b', 'c', 'd'].map((place) => ({
    operation: 'getBook',
    place,
    change: 'emptied',
    why: 'nobody looks',
    advice: 'Look.',
  })),
  milliseconds: 1234,
})

test('each edge has its score in one line', () => {
  expect(mutationTable([result, { ...result, edge: 'till -> stock', caught: 20, tried: 40 }])).toEqual([
    'shop: page -> catalogue on live  19/20 caught, 0/8 false alarms  30 of 40 tried  1.2 s',
    'shop: till -> stock on live      20/20 caught, 0/8 false alarms  40 of 40 tried  1.2 s',
  ])
})

test('what cannot be observed is said by its reason, with the first places', () => {
  expect(unprovenLines(result)).toEqual([
    'page -> catalogue: 4 drifts cannot be observed: nobody looks. Look.',
    '    getBook a emptied',
    '    getBook b emptied',
    '    getBook c emptied',
    '    and 1 more: see --verbose',
    'page -> catalogue: 2 mutants found nothing to change: the replies of live have no such thing.',
  ])
})

test('with everything, each place and each mutant that found nothing', () => {
  const lines = unprovenLines(result, { verbose: true })
  expect(lines).toContain('    getBook d emptied')
  expect(lines).toContain('    C12 getBook 200 $.note null')
})
