import { z } from 'zod'
import { parse } from 'yaml'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { system } from '#harness/contract/system.ts'
import { composeFile, composeYaml } from './compose-file.ts'

const promise = (name: string) =>
  contract(name, { errors: problem, operations: { ping: http.get('/ping', { replies: { 200: z.object({}) } }) } })

const shop = system('shop', {
  components: {
    till: { environment: {} },
    stock: {
      contract: promise('shop-stock'),
      port: 7002,
      environment: {},
      bindVariable: 'BIND',
      readyPath: '/ready',
      stores: {
        database: { kind: 'postgres', variable: 'DATABASE_URL' },
        cache: { kind: 'redis', variable: 'CACHE_URL' },
        photos: { kind: 'directory', variable: 'PHOTOS' },
      },
      defaults: { KEY: 'local$only' },
    },
    'price-list': {
      contract: promise('shop-price-list'),
      port: 7003,
      environment: {},
      bindVariable: 'LISTEN',
      command: ['ruby', 'main.rb'],
    },
  },
  edges: [
    { consumer: 'till', provider: 'stock' },
    { consumer: 'stock', provider: 'price-list', variable: 'PRICES_URL' },
    { consumer: 'price-list', provider: 'stock', variable: 'STOCK_URL' },
  ],
  startOrder: ['database', 'cache', 'photos', 'price-list', 'stock', 'till'],
  agreements: [],
})

test('each component that others call is a service at the port that people know it by', () => {
  const { services } = composeFile(shop)
  expect(Object.keys(services)).toEqual(['stock-database', 'stock-cache', 'stock', 'price-list'])
  expect(services['price-list']).toMatchObject({ ports: ['127.0.0.1:${PRICE_LIST_PORT:-7003}:7003'] })
})

test('what Node runs is built by one Dockerfile, what has a command of its own by its own', () => {
  const { services } = composeFile(shop)
  expect(services['price-list']?.build).toEqual({
    context: '../..',
    dockerfile: 'providers/shop/price-list/Dockerfile',
  })
  expect(services['stock']?.build).toEqual({
    context: '../..',
    dockerfile: 'harness/stack/compose/node.Dockerfile',
    args: { PACKAGES: '${PACKAGES:-registry}', SYSTEM: 'shop', COMPONENT: 'stock', DIRECTORIES: 'photos' },
  })
  expect(services['stock']?.healthcheck?.test.at(-1)).toContain("fetch('http://127.0.0.1:7002/ready')")
})

test('a component listens to its network, and is told where its stores and the components that it calls are', () => {
  expect(composeFile(shop).services['stock']?.environment).toEqual({
    KEY: '${KEY:-local$$only}',
    BIND: '0.0.0.0:7002',
    DATABASE_URL: 'postgres://concordat:concordat@stock-database:5432/concordat',
    CACHE_URL: 'redis://stock-cache:6379',
    PHOTOS: '/data/photos',
    PRICES_URL: 'http://price-list:7003',
  })
})

test('a component waits for its stores; a ring of components does not wait for itself', () => {
  const { services } = composeFile(shop)
  expect(services['stock']?.depends_on).toEqual({
    'stock-database': { condition: 'service_healthy' },
    'stock-cache': { condition: 'service_healthy' },
  })
  expect(services['price-list']?.depends_on).toBeUndefined()
})

test('a directory is a volume, in whose place one of the machine can be put', () => {
  const file = composeFile(shop)
  expect(file.services['stock']?.volumes).toEqual(['${STOCK_PHOTOS:-stock-photos}:/data/photos'])
  expect(file.volumes).toEqual({ 'stock-photos': null })
})

test('the text reads back as the same', () => {
  expect(parse(composeYaml(shop))).toEqual(JSON.parse(JSON.stringify(composeFile(shop))))
})
