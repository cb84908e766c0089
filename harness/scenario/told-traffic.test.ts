import type { Edge } from '#harness/contract/system.ts'
import { system } from '#harness/contract/system.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import { toldTraffic } from './told-traffic.ts'

const edge: Edge = { consumer: 'page', provider: 'catalogue' }
const shop = system('shop', {
  components: { page: { environment: {} }, catalogue: { contract: library, port: 7001, environment: {} } },
  edges: [edge],
  startOrder: ['catalogue', 'page'],
  agreements: [],
})

function exchange(method: string, path: string, changes: Partial<Exchange> = {}): Exchange {
  const headers = { cookie: 'session=hunter2' }
  return {
    id: 1,
    at: 1000,
    request: { id: 1, method, path, headers, body: Buffer.from('{"password":"hunter2"}') },
    reply: { status: 200, headers: {}, body: Buffer.from('hunter2') },
    durationMs: 1.26,
    outcome: 'answered',
    ...changes,
  }
}

function told(exchanges: readonly Exchange[], kind: 'mock' | 'msw' = 'mock') {
  return toldTraffic(shop, { kind, edges: () => [{ edge, urls: [] }], traffic: () => exchanges }).traffic
}

test('each exchange is told by operation, status and time, in the order in which they began', () => {
  const traffic = told([
    exchange('GET', '/books/7?token=hunter2', { at: 1500 }),
    exchange('GET', '/books', { at: 1200, outcome: 'reset', events: [{ event: 'a', data: 'hunter2' }] }),
  ])
  expect(traffic?.exchanges).toEqual([
    {
      ...edge,
      operation: 'listBooks',
      signature: 'GET /books',
      at: 0,
      milliseconds: 1.3,
      status: 200,
      outcome: 'reset',
      items: 1,
    },
    {
      ...edge,
      operation: 'getBook',
      signature: 'GET /books/{id}',
      at: 300,
      milliseconds: 1.3,
      status: 200,
      outcome: 'answered',
    },
  ])
})

test('nothing of headers, bodies and values in paths is kept', () => {
  const traffic = told([exchange('GET', '/books/7?token=hunter2'), exchange('GET', '/reset/hunter2/now')])
  expect(JSON.stringify(traffic)).not.toContain('hunter2')
  expect(traffic?.calls.map(({ signature }) => signature)).toEqual(['GET /books/{id}', 'GET /reset/…/now'])
})

test("a page's preflight is no call", () => {
  const headers = { 'access-control-request-method': 'GET' }
  const asked = exchange('OPTIONS', '/books')
  expect(told([{ ...asked, request: { ...asked.request, headers } }])).toEqual({ exchanges: [], left: 0, calls: [] })
})

test('of many exchanges the first are kept, and all are counted', () => {
  const traffic = told(Array.from({ length: 100 }, () => exchange('GET', '/books')))
  expect(traffic?.exchanges).toHaveLength(60)
  expect(traffic).toMatchObject({ left: 40, calls: [{ operation: 'listBooks', count: 100 }] })
})

test('where there are no taps nothing is said of traffic, which is not the same as none', () => {
  expect(told([exchange('GET', '/books')], 'msw')).toBeUndefined()
})
