import { sumsOf } from './sums.ts'

test('what pacts cover of an edge is counted in interactions seen and calls recorded', () => {
  const sums = sumsOf({
    consumer: 'shop',
    provider: 'stock',
    operations: [
      { operation: 'getItem', called: 5, recorded: 3 },
      { operation: 'listItems', called: 2, recorded: 0 },
    ],
    undeclared: 1,
    interactions: [
      { interaction: 'reads an item', seen: 3 },
      { interaction: 'finds no item', seen: 0 },
    ],
  })
  expect(sums).toEqual({ seen: 1, interactions: 2, called: 7, recorded: 3 })
})
