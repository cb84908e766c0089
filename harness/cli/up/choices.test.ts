import type { System } from '#harness/contract/system.ts'
import { library } from '#harness/serve/example-contract.ts'
import { choicesOf, readState } from './choices.ts'

const shop: System = {
  name: 'shop',
  components: {
    page: { port: 3000, environment: {} },
    catalogue: { port: 3001, environment: {}, contract: library },
    orders: { port: 3002, environment: {}, contract: library },
  },
  edges: [],
  startOrder: ['orders', 'catalogue', 'page'],
  agreements: [],
}

test('components with a contract are mocks, in start order, unless they are named', () => {
  expect(choicesOf(shop, [])).toEqual([
    { component: 'orders', kind: 'mock' },
    { component: 'catalogue', kind: 'mock' },
  ])
  expect(choicesOf(shop, ['catalogue', 'orders=http://127.0.0.1:1/a=b'])).toEqual([
    { component: 'orders', kind: 'url', url: 'http://127.0.0.1:1/a=b' },
    { component: 'catalogue', kind: 'live' },
  ])
})

test('a component that cannot run is refused', () => {
  expect(() => choicesOf(shop, ['catalog'])).toThrow('Did you mean "catalogue"?')
  expect(() => choicesOf(shop, ['page'])).toThrow('no component with a contract')
  expect(() => choicesOf(shop, ['orders=localhost'])).toThrow('"localhost" is no URL')
  expect(() => choicesOf({ ...shop, components: {}, startOrder: [] }, [])).toThrow('nothing to start')
})

test('a state is a name, with its parameters as JSON', () => {
  expect(readState('allHealthy')).toEqual({ state: 'allHealthy', params: {} })
  expect(readState('signedIn:{"email":"a@b.c"}')).toEqual({ state: 'signedIn', params: { email: 'a@b.c' } })
  expect(() => readState('signedIn:email')).toThrow('cannot be read')
  expect(() => readState('signedIn:["email"]')).toThrow('cannot be read')
  expect(() => readState('')).toThrow('cannot be read')
})
