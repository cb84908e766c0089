/** The files of a small made-up system: one consumer, one provider, one operation. */
export const shopSystem: Readonly<Record<string, string>> = {
  'contracts/shop/stock.ts': `
import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { errorShape } from '#harness/contract/error-shape.ts'
import { http } from '#harness/contract/operation.ts'

const Problem = z.object({ message: z.string() })
export const stock = contract('shop-stock', {
  errors: errorShape(Problem, { body: ({ message }) => ({ message }), read: ({ message }) => ({ code: '', message }) }),
  states: { itemExists: z.object({ id: z.int() }) },
  operations: {
    getItem: http.get('/items/{id}', { params: { id: z.int() }, replies: { 200: z.object({ id: z.int(), name: z.string() }), 404: Problem } }),
  },
})
`,
  'contracts/shop/system.ts': `
import { system as declareSystem } from '#harness/contract/system.ts'
import { stock } from './stock.ts'

export const system = declareSystem('shop', {
  components: { till: { port: 7001, environment: {} }, stock: { contract: stock, port: 7002, environment: {} } },
  edges: [{ consumer: 'till', provider: 'stock' }],
  startOrder: ['stock', 'till'],
  agreements: [],
})
`,
}

/** A consumer test of the made-up system that records one interaction for each item. */
export function itemTest(ids: readonly number[], name = 'item'): string {
  return `
import { client } from '#harness/client/client.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { stock } from '#contracts/shop/stock.ts'

const till = consumer('shop-till').of(stock)
for (const id of ${JSON.stringify(ids)}) {
  till.records(\`reads ${name} \${id}\`, {
    given: [stock.states.itemExists({ id })],
    call: stock.getItem({ params: { id } }),
    reply: { status: 200, body: { id: exactly(id), name: '${name}' } },
  }, async ({ url }) => {
    const { body } = await client(stock, { baseUrl: url }).getItem({ params: { id } })
    expect(body).toEqual({ id, name: '${name}' })
  })
}
`
}
