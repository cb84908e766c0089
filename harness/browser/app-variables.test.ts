import { z } from 'zod'
import type { System } from '#harness/contract/system.ts'
import { appVariables } from './app-variables.ts'

const system: System = {
  name: 'shop',
  components: { till: { environment: { STOCK_URL: z.url(), NAME: z.string() } } },
  edges: [],
  startOrder: [],
  agreements: [],
}
const app = { system, component: 'till', folder: '' }

test('pages get the variables that are theirs, and no others', () => {
  const environment = { STOCK_URL: 'http://stock.test', HOME: '/root', NAME: undefined }
  expect(appVariables(app, environment)).toEqual({ STOCK_URL: 'http://stock.test' })
})

test('an empty address is left to the pages', () => {
  expect(appVariables(app, { STOCK_URL: '' })).toEqual({ STOCK_URL: '' })
})

test('a value that a variable does not take is refused', () => {
  expect(() => appVariables(app, { STOCK_URL: 'stock' })).toThrow(/^STOCK_URL: .*Correct it\./)
})
