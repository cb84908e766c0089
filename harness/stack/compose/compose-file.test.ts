import { z } from 'zod'
import { parse } from 'yaml'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { system } from '#harness/contract/system.ts'
import { composeFile, composeYaml } from './compose-file.ts'
import { mockComposeFile } from './mock-compose-file.ts'
import { quickStart } from './quick-start.ts'

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

test('what is stored is in volumes; a directory of the machine can be put in the place of one', () => {
  const file = composeFile(shop)
  expect(file.services['stock']?.volumes).toEqual(['${STOCK_PHOTOS:-stock-photos}:/data/photos'])
  expect(file.services['stock-cache']?.volumes).toEqual(['stock-cache:/data'])
  expect(file.volumes).toEqual({ 'stock-database': null, 'stock-cache': null, 'stock-photos': null })
})

test('stores start in the order of the system', () => {
  const { services } = composeFile(shop)
  expect(services['stock-database']?.depends_on).toBeUndefined()
  expect(services['stock-cache']?.depends_on).toEqual({ 'stock-database': { condition: 'service_started' } })
})

describe('with an entry', () => {
  const routes = [
    { path: '/items', to: 'stock' },
    { path: '/', to: 'till' },
  ]
  const open = composeFile({
    ...shop,
    components: {
      ...shop.components,
      till: { port: 7001, environment: {} },
      stock: { ...shop.components['stock']!, originsVariable: 'ORIGINS' },
      door: { port: 80, environment: {}, entry: { routes } },
    },
  })

  test('it is found at its port, and waits for all that is behind it', () => {
    expect(open.services['door']).toMatchObject({
      image: 'nginx:1.29-alpine',
      ports: ['127.0.0.1:${DOOR_PORT:-80}:80'],
      volumes: ['${DOOR_CONFIG:-./door}:/etc/nginx/conf.d:ro'],
      depends_on: {
        stock: { condition: 'service_healthy', restart: true },
        till: { condition: 'service_healthy', restart: true },
      },
    })
  })

  test('what it passes on to without a contract are pages, which nobody reaches past it; they wait for those that they call', () => {
    expect(open.services['till']).toMatchObject({
      image: 'nginx:1.29-alpine',
      volumes: [
        '${TILL_CONFIG:-./till}:/etc/nginx/conf.d:ro',
        '${TILL_PAGES:-../../.concordat/app/shop/till}:/usr/share/nginx/html:ro',
      ],
      depends_on: { stock: { condition: 'service_healthy' } },
    })
    expect(open.services['till']?.ports).toBeUndefined()
  })

  test('its pages may call, from wherever it is found', () => {
    const origins = open.services['stock']?.environment?.['ORIGINS']
    expect(origins).toMatch(/^\$\{ORIGINS:-http:\/\/localhost:7001,.*\}$/)
    expect(origins).toContain('http://localhost:${DOOR_PORT:-80},')
    expect(origins).toContain(',http://localhost,')
  })
})

test('the text reads back as the same', () => {
  expect(parse(composeYaml(composeFile(shop)))).toEqual(JSON.parse(JSON.stringify(composeFile(shop))))
})

test('where an engine can, a service is asked often while it starts, and seldom then', () => {
  const { services } = quickStart(composeFile(shop))
  expect(services['stock']?.healthcheck).toMatchObject({ interval: '10s', start_interval: '250ms' })
  expect(services['stock']?.healthcheck?.test).toEqual(composeFile(shop).services['stock']?.healthcheck?.test)
  expect(services['price-list']?.healthcheck).toBeUndefined()
})

describe('of the mocks', () => {
  const { services, volumes } = mockComposeFile(shop)

  test('each component that others call is a service, without a store', () => {
    expect(Object.keys(services)).toEqual(['price-list', 'stock'])
    expect(services['stock']).toMatchObject({
      build: { target: 'mock', args: { SYSTEM: 'shop' } },
      command: ['shop', 'stock'],
    })
    expect(volumes).toBeUndefined()
  })

  test('it is found where people know it, its states at a second port', () => {
    expect(services['price-list']?.ports).toEqual([
      '127.0.0.1:${PRICE_LIST_PORT:-7003}:7003',
      '127.0.0.1:${PRICE_LIST_STATES_PORT:-0}:9292',
    ])
  })

  test('it is told where those are that it calls, and asked whether it answers', () => {
    expect(services['stock']?.environment).toEqual({ STATES_PORT: '9292', PRICES_URL: 'http://price-list:7003' })
    expect(services['stock']?.healthcheck?.test.at(-1)).toContain("fetch('http://127.0.0.1:7002/ready').then(({ ok })")
    expect(services['price-list']?.healthcheck?.test.at(-1)).toContain("fetch('http://127.0.0.1:7003/').then(() =>")
  })
})
