import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http, ws } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { pathMatcher, routeTable } from './routes.ts'

const replies = { 200: z.object({}) }
const id = { id: z.string() }

/** A contract that declares what is less literal first. */
const shop = contract('shop', {
  errors: problem,
  operations: {
    getItem: http.get('/items/{id}', { params: id, replies }),
    getList: http.get('/items/{id}.json', { params: id, replies }),
    newest: http.get('/items/newest', { replies }),
    dropItem: http.delete('/items/{id}', { params: id, replies }),
    itemPart: http.get('/items/{id}/{part}', { params: { ...id, part: z.string() }, replies }),
    newestPart: http.get('/items/newest/{part}', { params: { part: z.string() }, replies }),
    itemPrice: http.get('/items/{item}/price', { params: { item: z.string() }, replies }),
    watch: ws.channel('/items/{id}', { params: id, send: {}, receive: {} }),
    root: http.get('/', { replies }),
  },
})
const routes = routeTable(shop)

test.each([
  ['/items/newest', 'newest', {}],
  ['/items/7', 'getItem', { id: '7' }],
  ['/items/7.json', 'getList', { id: '7' }],
  ['/items/7/colour', 'itemPart', { id: '7', part: 'colour' }],
  ['/items/7/price', 'itemPrice', { item: '7' }],
  ['/items/newest/price', 'newestPart', { part: 'price' }],
  ['/', 'root', {}],
])('%s calls %s: the literal wins from left to right, whatever is declared first', (path, name, params) => {
  expect(routes.find('GET', path)).toMatchObject({ name, params })
})

test('a literal that does not take the method leaves the path to a parameter', () => {
  expect(routes.find('DELETE', '/items/newest')).toMatchObject({ name: 'dropItem', params: { id: 'newest' } })
})

test('a path is compared decoded, and a parameter may hold an encoded slash', () => {
  expect(routes.find('GET', '/items/%6eewest')).toMatchObject({ name: 'newest' })
  expect(routes.find('GET', '/items/a%2Fb%20c')).toMatchObject({ name: 'getItem', params: { id: 'a/b c' } })
  expect(routes.find('GET', '/items/%zz')).toMatchObject({ params: { id: '%zz' } })
})

test.each(['/items', '/items/', '/items/7/', '/items/7/price/now', '/Items/7', '//items/7'])(
  '%s is none of its paths',
  (path) => {
    expect(routes.find('GET', path)).toBeUndefined()
    expect(routes.methodsOf(path)).toEqual([])
  },
)

test('the methods of a path are those of all its operations, a channel among them', () => {
  expect(routes.methodsOf('/items/7')).toEqual(['GET', 'DELETE'])
  expect(routes.channelAt('/items/7')).toMatchObject({ name: 'watch', params: { id: '7' } })
  expect(routes.channelAt('/items/7/price')).toBeUndefined()
})

test('a name of every object is no path', () => {
  expect(routes.find('GET', '/__proto__')).toBeUndefined()
  expect(routes.find('constructor', '/items/7')).toBeUndefined()
})

test('a matcher gives the values of one template', () => {
  expect(pathMatcher('/a/{id}/b.{kind}')('/a/1/b.txt')).toEqual({ id: '1', kind: 'txt' })
  expect(pathMatcher('/a/{id}')('/a/1/2')).toBeUndefined()
})
