import { join } from 'node:path'
import { sourceDigest } from '#harness/pact/file/merge.ts'
import { pactText, type HttpPactInteraction } from '#harness/pact/file/pact-file.ts'

const testFile = 'consumers/shop/till/item.pact.test.ts'
const requestId = ['recorded-request']

/**
 * The pact that recording gives for the small system of `gateProject`, without the seconds that recording takes: two items are read.
 * It is as current as the consumer test in `root`.
 */
export async function stockPact(root: string): Promise<string> {
  return pactText({
    consumer: { name: 'shop-till' },
    provider: { name: 'shop-stock' },
    interactions: [1, 2].map(readsItem),
    metadata: {
      pactSpecification: { version: '4.0' },
      concordat: { sources: { [testFile]: await sourceDigest(join(root, testFile)) } },
    },
  })
}

function readsItem(id: number): HttpPactInteraction {
  const rule = (match: string): object => ({ combine: 'AND', matchers: [{ match }] })
  return {
    type: 'Synchronous/HTTP',
    description: `reads item ${id}`,
    comments: { testname: testFile },
    pending: false,
    providerStates: [{ name: 'itemExists', params: { id } }],
    request: { method: 'GET', path: `/items/${id}`, headers: { 'x-request-id': requestId } },
    response: {
      status: 200,
      headers: { 'Content-Type': ['application/json'] },
      body: { content: { id, name: 'item' }, contentType: 'application/json', encoded: false },
      matchingRules: { body: { '$.id': rule('equality'), '$.name': rule('type') } },
    },
  }
}
