import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A pact of a consumer with a shop's backend: it reads these fields of an order. */
export function shopPact(
  consumer: string,
  fields: Readonly<Record<string, unknown>>,
  { provider = 'shop-backend', pending = false } = {},
): Readonly<Record<string, unknown>> {
  const rules = Object.keys(fields).map((name) => [`$.${name}`, { combine: 'AND', matchers: [{ match: 'type' }] }])
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: [
      {
        type: 'Synchronous/HTTP',
        description: 'reads an order',
        pending,
        providerStates: [{ name: 'orderExists', params: { id: 7 } }],
        request: { method: 'GET', path: '/orders/7' },
        response: {
          status: 200,
          headers: { 'content-type': ['application/json'] },
          body: { content: fields, contentType: 'application/json', encoded: false },
          matchingRules: { body: Object.fromEntries(rules) },
        },
      },
    ],
    metadata: { pactSpecification: { version: '4.0' } },
  }
}

/** A shop's backend that answers with an order. */
export type ShopBackend = AsyncDisposable & { url: string; order: Readonly<Record<string, unknown>> }

/** Starts one; what it answers can be changed. */
export async function shopBackend(order: Readonly<Record<string, unknown>>): Promise<ShopBackend> {
  const server = createServer((request, response) => {
    const isOrder = request.method === 'GET' && request.url === '/orders/7'
    response.writeHead(isOrder ? 200 : 404, { 'content-type': 'application/json' })
    response.end(isOrder ? JSON.stringify(backend.order) : '{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const backend: ShopBackend = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    order,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return backend
}
