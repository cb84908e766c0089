import { z } from 'zod'
import { none, text, withHeaders } from '#harness/contract/content.ts'
import { contract, type Operations, type States } from '#harness/contract/contract.ts'
import { http, sse, ws } from '#harness/contract/operation.ts'
import { problem, Problem } from '#harness/contract/problem.ts'
import { bearer, cookie, security } from '#harness/contract/security.ts'
import type { PactFile } from '#harness/pact/file/pact-file.ts'
import { describeSystem } from '../description/describe.ts'
import type { SystemDescription } from '../description/description.ts'
import { changeId } from '../diff/contract-change.ts'
import { contractChanges } from '../diff/contract-changes.ts'
import { isBroken } from './is-broken.ts'
import { usesOf } from './uses-of.ts'

const session = security('session', { carriers: [cookie('token'), bearer()], value: 'token' })
const Item = z.object({ id: z.int(), name: z.string(), price: z.number(), tags: z.array(z.string()) })
const NewItem = z.object({ name: z.string().max(50), price: z.number().optional() })
const Token = z.object({ text: z.string() })

const operations = {
  addItem: http.post('/items', { auth: session, body: NewItem, replies: { 201: Item, 401: Problem } }),
  listItems: http.get('/items', {
    query: { page: z.coerce.number().int().optional() },
    replies: { 200: z.object({ data: z.array(Item) }) },
  }),
  export: http.get('/items/export', { replies: { 200: withHeaders(text('text/csv'), { etag: z.string() }) } }),
  unused: http.get('/unused', { replies: { 200: Item } }),
  follow: sse.get('/events', {
    events: { token: Token, done: z.object({}) },
    order: 'token* done',
    replies: { 404: Problem },
  }),
  live: ws.channel('/ws', { send: { join: z.object({ room: z.string() }) }, receive: { note: Token } }),
}
const states = { itemExists: z.object({ id: z.int() }) }

/** One consumer, which reads names only, sends no price, comes with a cookie, follows a stream and joins a room. */
const pact = {
  consumer: { name: 'shop-till' },
  provider: { name: 'shop-stock' },
  interactions: [
    call('adds', 'POST', '/items', {
      sent: { name: 'nail' },
      status: 201,
      got: { name: 'nail' },
      headers: { cookie: ['token=x'] },
    }),
    call('is refused', 'POST', '/items', { sent: {}, status: 401, got: { error: { code: 'x', message: 'y' } } }),
    call('lists', 'GET', '/items', { got: { data: [{ name: 'nail' }] }, given: ['itemExists'] }),
    { ...call('exports', 'GET', '/items/export', { got: 'name' }) },
    message('follows', { transport: 'sse', method: 'GET', operation: 'follow', path: '/events' }, [
      { name: 'token', items: [{ data: { text: 'a' } }] },
      { name: 'done', items: [{ data: {} }] },
    ]),
    message(
      'joins',
      { transport: 'ws', operation: 'live', path: '/ws', steps: [{ send: 'join', data: { room: 'a' } }] },
      [{ name: 'note', items: [{ data: { text: 'a' } }] }],
    ),
  ],
  metadata: { pactSpecification: { version: '4.0' } },
} as unknown as PactFile

type Http = Readonly<{ sent?: unknown; status?: number; got: unknown; headers?: unknown; given?: readonly string[] }>

function call(
  description: string,
  method: string,
  path: string,
  { sent, status = 200, got, headers = {}, given = [] }: Http,
) {
  const json = (content: unknown) => ({ content, contentType: 'application/json', encoded: false })
  return {
    type: 'Synchronous/HTTP',
    description,
    providerStates: given.map((name) => ({ name })),
    request: { method, path, headers, ...(sent !== undefined && { body: json(sent) }) },
    response: { status, body: json(got), headers: { etag: ['1'] } },
  }
}

function message(description: string, envelope: unknown, runs: unknown) {
  const request = { contents: { content: { query: {}, headers: {}, ...(envelope as object) } } }
  return { type: 'Synchronous/Messages', description, request, response: [{ contents: { content: runs } }] }
}

function described(ops: Operations, given: States = states): SystemDescription {
  const stock = contract('shop-stock', { errors: problem, states: given, operations: ops })
  const components = { till: { port: 1, environment: {} }, stock: { port: 2, environment: {}, contract: stock } }
  const edges = [{ consumer: 'till', provider: 'stock' }]
  return describeSystem({ name: 'shop', components, edges, startOrder: [], agreements: [] }, new Map())
}

const before = described(operations)
const uses = usesOf(pact, before.components['stock']!)

/** What a change is called, and whom it breaks: `id: what -> interactions`; mild ones in brackets. */
function impact(ops: Readonly<Record<string, Operations[string]>>, given?: States): readonly string[] {
  return contractChanges([before], [described({ ...operations, ...ops }, given)]).map((change) => {
    const broken = uses
      .filter((use) => change.operation === undefined || use.operation === change.operation)
      .filter((use) => isBroken(use, change.breaks))
      .map(({ interaction }) => interaction)
      .join(', ')
    return `${changeId(change)}: ${change.what} -> ${change.isMild ? `(${broken})` : broken || 'nobody'}`
  })
}

test('nothing changed, nothing broken; every interaction is known to call its operation', () => {
  expect(impact({})).toEqual([])
  expect(uses.map(({ operation }) => operation)).toEqual([
    'addItem',
    'addItem',
    'listItems',
    'export',
    'follow',
    'live',
  ])
})

describe('a request', () => {
  const add = (spec: object) => ({
    addItem: http.post('/items', { auth: session, body: NewItem, replies: { 201: Item, 401: Problem }, ...spec }),
  })

  test('that has to have more breaks who does not send it; who is refused may send what is wrong', () => {
    expect(impact(add({ body: NewItem.extend({ shelf: z.string() }) }))).toEqual([
      'stock.addItem request body.shelf: is new, and required -> adds',
    ])
    expect(impact(add({ body: NewItem.required() }))).toEqual([
      'stock.addItem request body.price: is required now -> adds',
    ])
    expect(impact(add({ body: NewItem.extend({ shelf: z.string().optional() }) }))).toEqual([
      'stock.addItem request body.shelf: is new -> nobody',
    ])
  })

  test('of which less is taken breaks who sends that', () => {
    expect(impact(add({ body: NewItem.extend({ name: z.string().max(20) }) }))).toEqual([
      'stock.addItem request body.name: maxLength was 50 and is 20 -> adds',
    ])
    expect(impact(add({ body: NewItem.extend({ price: z.int().optional() }) }))).toEqual([
      'stock.addItem request body.price: has to be a whole number now -> nobody',
    ])
    expect(impact(add({ body: NewItem.omit({ name: true }) }))).toEqual([
      'stock.addItem request body.name: is gone -> adds',
    ])
    expect(impact(add({ body: text('text/plain') }))).toEqual([
      'stock.addItem request body: is not taken as application/json any more -> adds',
      'stock.addItem request body: is taken as text/plain too -> nobody',
    ])
    expect(impact(add({ headers: { 'if-match': z.string() } }))).toEqual([
      'stock.addItem request headers.if-match: is new, and required -> adds',
    ])
  })

  test('that is to be proven in another way breaks who proves it in the former', () => {
    const only = (...carriers: Parameters<typeof security>[1]['carriers']) =>
      add({ auth: security('session', { carriers, value: 'token' }) })
    expect(impact(only(bearer()))).toEqual(['stock.addItem credential: is not taken as cookie token any more -> adds'])
    expect(impact(only(cookie('token')))).toEqual([
      'stock.addItem credential: is not taken as bearer any more -> nobody',
    ])
    expect(impact({ listItems: http.get('/items', { ...operations.listItems.spec, auth: session }) })).toEqual([
      'stock.listItems credential: is asked for now: bearer or cookie token -> lists',
    ])
  })

  test('that goes elsewhere breaks all; a parameter or an operation of another name breaks nobody', () => {
    expect(impact({ addItem: http.put('/items', operations.addItem.spec) })).toEqual([
      'stock.addItem operation: was POST /items and is PUT /items -> adds, is refused',
    ])
    expect(impact({ fresh: http.get('/new', { replies: { 200: Item } }) })).toEqual([
      'stock.fresh operation: is new -> nobody',
    ])
    const { unused, listItems, ...rest } = operations
    expect(contractChanges([before], [described({ ...rest, list: listItems, unused })])).toEqual([])
    expect(contractChanges([before], [described({ ...rest, listItems })])).toMatchObject([
      { operation: 'unused', what: 'is gone' },
    ])
  })
})

describe('a reply', () => {
  const list = (item: z.ZodType) => ({
    listItems: http.get('/items', {
      ...operations.listItems.spec,
      replies: { 200: z.object({ data: z.array(item) }) },
    }),
  })
  const at = 'stock.listItems reply 200 body.data[]'

  test('that may be more breaks who reads that, and nobody else', () => {
    expect(impact(list(Item.extend({ name: z.string().nullable() })))).toEqual([`${at}.name: may be null now -> lists`])
    expect(impact(list(Item.extend({ price: z.number().nullable() })))).toEqual([
      `${at}.price: may be null now -> nobody`,
    ])
    expect(impact(list(Item.omit({ name: true })))).toEqual([`${at}.name: is gone -> lists`])
    expect(impact(list(Item.partial({ name: true })))).toEqual([`${at}.name: may be missing now -> lists`])
    expect(impact(list(Item.extend({ colour: z.string() })))).toEqual([`${at}.colour: is new, and required -> nobody`])
    expect(impact(list(Item.extend({ name: z.string().max(5) })))).toEqual([
      `${at}.name: has to keep maxLength 5 now -> nobody`,
    ])
    expect(
      impact({ unused: http.get('/unused', { replies: { 200: z.object({}) } }) }).every((line) =>
        line.endsWith('-> nobody'),
      ),
    ).toBe(true)
  })

  test('of another status, media type or header', () => {
    const add = (replies: object) => ({
      addItem: http.post('/items', { ...operations.addItem.spec, replies: { 201: Item, 401: Problem, ...replies } }),
    })
    expect(impact(add({ 202: none }))).toEqual(['stock.addItem reply 202: may be given now -> adds, is refused'])
    expect(impact(add({ 429: Problem }))).toEqual(['stock.addItem reply 429: may be given now -> (adds, is refused)'])
    expect(impact({ addItem: http.post('/items', { ...operations.addItem.spec, replies: { 201: Item } }) })).toEqual([
      'stock.addItem reply 401: is never given any more -> is refused',
    ])
    expect(
      impact({ export: http.get('/items/export', { replies: { 200: withHeaders(text('text/plain'), {}) } }) }),
    ).toEqual([
      'stock.export reply 200 headers.etag: is gone -> exports',
      'stock.export reply 200 body: never comes as text/csv any more -> exports',
      'stock.export reply 200 body: may come as text/plain now -> exports',
    ])
  })
})

describe('a stream, or a channel', () => {
  const follow = (spec: object) => ({ follow: sse.get('/events', { ...operations.follow.spec, ...spec }) })

  test('of another order breaks who follows it, unless it allows less', () => {
    expect(impact(follow({ order: 'token* done?' }))).toEqual([
      'stock.follow order: allows a stream without events now -> follows',
    ])
    expect(impact(follow({ order: 'token+ done' }))).toEqual([
      'stock.follow order: does not allow done any more -> nobody',
    ])
    expect(impact(follow({ order: '(token)* (done)' }))).toEqual([])
  })

  test('with another event, or message', () => {
    const events = { ...operations.follow.spec.events, token: Token.extend({ text: z.string().nullable() }) }
    expect(impact(follow({ events }))).toEqual(['stock.follow event token.text: may be null now -> follows'])
    const channel = (spec: object) => ({ live: ws.channel('/ws', { ...operations.live.spec, ...spec }) })
    expect(impact(channel({ send: { join: z.object({ room: z.string(), as: z.string() }) } }))).toEqual([
      'stock.live sends join.as: is new, and required -> joins',
    ])
    expect(impact(channel({ receive: { note: Token, left: Token } }))).toEqual([
      'stock.live receives left: is new -> (joins)',
    ])
    expect(impact(channel({ receive: {} }))).toEqual(['stock.live receives note: is gone -> joins'])
  })
})

test('a state that is gone, or takes less, breaks the pacts that need it', () => {
  expect(impact({}, {})).toEqual(['stock state itemExists: is gone -> lists'])
  expect(impact({}, { itemExists: z.object({ id: z.int(), name: z.string() }) })).toEqual([
    'stock state itemExists: name is new, and required -> lists',
  ])
})
