import { z } from 'zod'
import { contract } from './contract.ts'
import { errorShape } from './error-shape.ts'
import { http } from './operation.ts'
import {
  edgeName,
  edgesFrom,
  edgesInto,
  entriesTo,
  pactFileName,
  pageComponents,
  servedComponents,
  system,
  type Route,
} from './system.ts'

const errors = errorShape(z.object({ message: z.string() }), {
  body: ({ message }) => ({ message }),
  read: (body) => ({ code: '', ...body }),
})
const stock = contract('shop-stock', {
  errors,
  operations: { ping: http.get('/ping', { replies: { 200: z.object({}) } }) },
})
const till = { port: 1, environment: {} }
const whole = {
  components: { till, stock: { port: 2, environment: {}, contract: stock } },
  edges: [{ consumer: 'till', provider: 'stock' }],
  startOrder: ['stock', 'till'],
  agreements: [],
}

test('a system names its edges and their pacts', () => {
  const shop = system('shop', whole)
  const [edge] = edgesInto(shop, 'stock')
  expect(edge && [edgeName(edge), pactFileName(edge)]).toEqual(['till -> stock', 'till--stock.json'])
  expect(edgesInto(shop, 'till')).toEqual([])
  expect(edgesFrom(shop, 'till')).toEqual([edge])
})

test('what runs as a service is what has a contract', () => {
  expect(servedComponents(system('shop', whole))).toEqual(['stock'])
})

function withEntry(...routes: readonly Route[]) {
  const door = { port: 80, environment: {}, entry: { routes } }
  return { components: { ...whole.components, door }, startOrder: ['stock', 'till', 'door'] }
}

test('an entry leads to components; one without a contract is a folder of pages', () => {
  const shop = system('shop', { ...whole, ...withEntry({ path: '/api', to: 'stock' }, { path: '/', to: 'till' }) })
  expect([entriesTo(shop, 'stock'), entriesTo(shop, 'till'), entriesTo(shop, 'door')]).toEqual([['door'], ['door'], []])
  expect(pageComponents(shop)).toEqual(['till'])
  expect(pageComponents(system('shop', whole))).toEqual([])
})

test.each([
  [
    'a route with a parameter',
    withEntry({ path: '/items/{id}', to: 'stock' }),
    'has the route "/items/{id}". Write a path',
  ],
  ['a route that ends with a slash', withEntry({ path: '/api/', to: 'stock' }), 'has the route "/api/".'],
  [
    'a route to nobody',
    withEntry({ path: '/', to: 'bank' }),
    'the entry "door" passes / on to "bank", which is no component with a port. Name one.',
  ],
  ['a route to an entry', withEntry({ path: '/', to: 'door' }), 'passes / on to "door"'],
  [
    'a route that is there twice',
    withEntry({ path: '/a', to: 'stock' }, { path: '/a', to: 'till' }),
    'has the route "/a" twice. Keep one.',
  ],
  [
    'an entry with a contract',
    { components: { ...whole.components, stock: { ...whole.components.stock, entry: { routes: [] } } } },
    'the entry "stock" has a contract',
  ],
  [
    'an entry without a port',
    {
      components: { ...whole.components, door: { environment: {}, entry: { routes: [] } } },
      startOrder: ['stock', 'till', 'door'],
    },
    'the entry "door" has no port.',
  ],
  [
    'an edge of a component that is none',
    { edges: [{ consumer: 'till', provider: 'bank' }] },
    '"bank" is no component. Declare it under "components": till, stock.',
  ],
  [
    'an edge to a component without a contract',
    { edges: [{ consumer: 'stock', provider: 'till' }] },
    'stock -> till has a provider without a contract. Give "till" one.',
  ],
  [
    'a component with a contract and without a port',
    { components: { till, stock: { environment: {}, contract: stock } } },
    '"stock" has a contract and no port. Give it the one it is known by.',
  ],
  [
    'a start order that leaves one out',
    { startOrder: ['stock'] },
    'the start order leaves out "till". Put it after what it needs.',
  ],
])('%s is refused where it is declared', (_what, change, message) => {
  expect(() => system('shop', { ...whole, ...change })).toThrow(message)
})
