import { z } from 'zod'
import { loadSystem } from '#harness/project/systems.ts'
import type { System } from '#harness/contract/system.ts'
import { addressVariables, findApp } from './app.ts'

test('the component with pages is found by its folder', async () => {
  const system = await loadSystem('workbench')
  const app = findApp(system)
  expect(app).toMatchObject({ component: 'frontend', folder: expect.stringMatching(/frontend\/app$/) })
})

test('a system without pages says where they belong', () => {
  const system: System = { name: 'mute', components: {}, edges: [], startOrder: [], agreements: [] }
  expect(() => findApp(system)).toThrow('write them in consumers/mute/<component>/app/index.html')
})

test('the edges of a page say which variable holds whose address', () => {
  const system: System = {
    name: 'shop',
    components: {
      till: { environment: { STOCK_URL: z.url() } },
      stock: { environment: {} },
      bank: { environment: {} },
    },
    edges: [
      { consumer: 'till', provider: 'stock', variable: 'STOCK_URL' },
      { consumer: 'till', provider: 'bank' },
    ],
    startOrder: [],
    agreements: [],
  }
  const app = { system, component: 'till', folder: '' }
  expect(addressVariables(app, (provider) => `http://${provider}.test`)).toEqual({ STOCK_URL: 'http://stock.test' })
})
