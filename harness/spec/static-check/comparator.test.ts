import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { openApiDocument } from '../openapi/document.ts'
import { comparatorFor } from './comparator.ts'

const stock = contract('shop-stock', {
  errors: problem,
  operations: {
    getItem: http.get('/items/{id}', {
      params: { id: z.int() },
      replies: { 200: z.object({ id: z.int(), name: z.string() }) },
    }),
    addItem: http.post('/items', { body: z.object({ name: z.string() }), replies: { 201: z.object({ id: z.int() }) } }),
  },
})
const system = { name: 'shop', components: {}, edges: [], startOrder: [], agreements: [] }
const compare = await comparatorFor(
  openApiDocument({ system, component: 'stock', contract: stock, names: new Map(), version: '1' }),
)

type Http = Readonly<{ method?: string; path?: string; sent?: unknown; status?: number; got: unknown }>

/** What is found in a pact of these interactions: `number severity place`. */
async function found(...interactions: readonly Http[]): Promise<readonly string[]> {
  const json = (content: unknown) => ({ body: { content, contentType: 'application/json', encoded: false } })
  const contradictions = await compare({
    consumer: { name: 'shop-till' },
    provider: { name: 'shop-stock' },
    interactions: interactions.map(({ method = 'GET', path = '/items/1', sent, status = 200, got }, index) => ({
      type: 'Synchronous/HTTP',
      description: `interaction ${index}`,
      request: {
        method,
        path,
        ...(sent !== undefined && { ...json(sent), headers: { 'content-type': ['application/json'] } }),
      },
      response: { status, headers: { 'content-type': ['application/json'] }, ...json(got) },
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  })
  return contradictions.map(({ severity, interaction, place }) => `${interaction} ${severity} ${place}`)
}

test('a pact that reads less than there is contradicts nothing', async () => {
  expect(await found({ got: { name: 'nail' } }, { got: { id: 1 } })).toEqual([])
  expect(await found({ method: 'POST', path: '/items', sent: { name: 'nail' }, status: 201, got: { id: 1 } })).toEqual(
    [],
  )
})

test('each contradiction is told with its interaction and its place', async () => {
  expect(await found({ got: { name: 'nail' } }, { got: { name: 1 } }, { got: { price: 1 } })).toEqual([
    '1 error response.body.name',
    '2 error response.body',
  ])
  expect(await found({ method: 'POST', path: '/items', sent: { name: 1 }, status: 201, got: { id: 1 } })).toEqual([
    '0 error request.body.name',
  ])
  expect(await found({ method: 'PUT', got: {} })).toEqual(['0 error request.path'])
})
