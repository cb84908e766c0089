import type { System } from '#harness/contract/system.ts'
import { startInOrder } from './start-in-order.ts'

/** `page` calls `shop`, `shop` and `bank` call each other, nobody calls `clock`. */
const town: System = {
  name: 'town',
  components: { page: { environment: {} }, shop: { environment: {} }, bank: { environment: {} } },
  edges: [
    { consumer: 'page', provider: 'shop' },
    { consumer: 'shop', provider: 'bank' },
    { consumer: 'bank', provider: 'shop' },
  ],
  startOrder: ['bank', 'clock', 'shop', 'page'],
  agreements: [],
}

test('each starts after those that it calls, the others together, and a ring in the order given', async () => {
  const log: string[] = []
  await startInOrder(town, town.startOrder, async (name) => {
    log.push(`${name} starts`)
    await new Promise(setImmediate)
    log.push(`${name} is up`)
  })
  expect(log.slice(0, 2)).toEqual(['bank starts', 'clock starts'])
  expect(log.filter((line) => !line.startsWith('clock'))).toEqual([
    'bank starts',
    'bank is up',
    'shop starts',
    'shop is up',
    'page starts',
    'page is up',
  ])
})

test('where one fails those that need it are left out, and nothing is starting any more when that is said', async () => {
  const started: string[] = []
  const starting = startInOrder(town, town.startOrder, async (name) => {
    if (name === 'bank') throw new Error('the bank is closed')
    await new Promise(setImmediate)
    started.push(name)
  })
  await expect(starting).rejects.toThrow('the bank is closed')
  expect(started).toEqual(['clock'])
})
