import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http, sse, ws } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { system, type Route } from '#harness/contract/system.ts'
import { locationsOf, routeOf } from './entry-locations.ts'

const id = { id: z.uuid() }
const stock = contract('shop-stock', {
  errors: problem,
  operations: {
    list: http.get('/items', { replies: { 200: z.object({}) } }),
    read: http.get('/items/{id}', { params: id, replies: { 200: z.object({}) } }),
    health: http.get('/health', { replies: { 200: z.object({}) } }),
    watch: sse.get('/items/{id}/v1.0/changes', { params: id, events: { change: z.object({}) }, order: 'change*' }),
    follow: sse.get('/changes', { events: { change: z.object({}) }, order: 'change*' }),
    ask: sse.post('/changes', { events: { change: z.object({}) }, order: 'change*' }),
    talk: ws.channel('/talk', { send: {}, receive: {} }),
  },
})

function locations(routes: readonly Route[]) {
  const shop = system('shop', {
    components: {
      stock: { contract: stock, port: 7002, environment: {} },
      pages: { port: 7003, environment: {} },
      door: { port: 80, environment: {}, entry: { routes } },
    },
    edges: [],
    startOrder: ['stock', 'pages', 'door'],
    agreements: [],
  })
  return locationsOf(shop, routes).map(({ match, to, carries }) =>
    [match, '->', to, ...(carries === 'calls' ? [] : [`(${carries.streams.join(', ')})`])].join(' '),
  )
}

test('streams and channels have locations of their own, routes follow as they are declared', () => {
  expect(
    locations([
      { path: '/items', to: 'stock' },
      { path: '/changes', to: 'stock' },
      { path: '/talk', to: 'stock' },
      { path: '/health', to: 'stock' },
      { path: '/', to: 'pages' },
    ]),
  ).toEqual([
    '~ ^/items/[^/]+/v1\\.0/changes$ -> stock (watch)',
    '= /changes -> stock (follow, ask)',
    '= /talk -> stock (talk)',
    '= /items -> stock',
    '/items/ -> stock',
    '= /health -> stock',
    '/ -> pages',
  ])
})

test('pages have what is at their path and what is below it', () => {
  expect(locations([{ path: '/help', to: 'pages' }])).toEqual(['= /help -> pages', '/help/ -> pages'])
})

test('a stream that no route leads to has no location', () => {
  expect(locations([{ path: '/health', to: 'stock' }])).toEqual(['= /health -> stock'])
})

test('of several routes the longest counts', () => {
  const routes = [
    { path: '/', to: 'pages' },
    { path: '/api', to: 'stock' },
    { path: '/api/files', to: 'archive' },
  ]
  const taken = ['/api/files/7', '/api/filesystem', '/api', '/apis', '/'].map((path) => routeOf(routes, path)?.to)
  expect(taken).toEqual(['archive', 'stock', 'stock', 'pages', 'pages'])
  expect(routeOf([{ path: '/api', to: 'stock' }], '/other')).toBeUndefined()
})
