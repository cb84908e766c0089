import { z } from 'zod'
import { library } from '#harness/serve/example-contract.ts'
import { system } from '#harness/contract/system.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import { requestIdFindings } from './request-ids.ts'

const edge = { consumer: 'reader', provider: 'library' }
const town = system('town', {
  components: {
    reader: { port: 1, environment: { X: z.string() } },
    library: { port: 2, environment: {}, contract: library },
  },
  edges: [edge],
  startOrder: ['library', 'reader'],
  agreements: [],
})

function exchange(sent: Record<string, string>, came: Record<string, string>, method = 'GET'): Exchange {
  return {
    id: 1,
    at: 0,
    request: { id: 1, method, path: '/books', headers: sent, body: Buffer.alloc(0) },
    reply: { status: 200, headers: came },
    durationMs: 1,
    outcome: 'answered',
  }
}

test.each([
  ['is passed on and back', exchange({ 'x-request-id': 'a' }, { 'x-request-id': 'a' }), []],
  ['is not sent', exchange({}, { 'x-request-id': 'b' }), ['GET /books was sent without x-request-id.']],
  [
    'does not come back',
    exchange({ 'x-request-id': 'a' }, {}),
    ['GET /books was sent with a and answered with undefined.'],
  ],
  [
    'comes back as another',
    exchange({ 'x-request-id': 'a' }, { 'x-request-id': 'b' }),
    ['GET /books was sent with a and answered with b.'],
  ],
  ['is not wanted of a preflight', exchange({}, {}, 'OPTIONS'), []],
])('a request id that %s', (_what, seen, messages) => {
  expect(requestIdFindings(town, edge, [seen]).map(({ message }) => message)).toEqual(messages)
})
