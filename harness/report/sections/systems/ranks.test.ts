import { ranksOf } from './ranks.ts'

function ranks(...edges: readonly string[]): Record<string, number> {
  const ends = edges.map((edge) => edge.split('>')).map(([consumer = '', provider = '']) => ({ consumer, provider }))
  const names = [...new Set(ends.flatMap(({ consumer, provider }) => [consumer, provider]))]
  return Object.fromEntries(ranksOf(names, ends))
}

test('who is called stands on the right of who calls, behind the longest way', () => {
  expect(ranks('proxy>backend', 'proxy>page', 'page>backend')).toEqual({ proxy: 0, page: 1, backend: 2 })
  expect(ranks('a>d', 'b>c', 'c>d')).toEqual({ a: 0, b: 0, c: 1, d: 2 })
})

test('components of a ring stand side by side, the busiest on the right of them', () => {
  const ring = [
    'owner>hub',
    'planner>hub',
    'planner>box',
    'worker>box',
    'worker>hub',
    'box>planner',
    'box>worker',
    'box>hub',
  ]
  expect(ranks(...ring)).toEqual({ owner: 0, planner: 0, worker: 0, box: 1, hub: 2 })
  expect(ranks('a>b', 'b>a')).toEqual({ a: 1, b: 0 })
})
