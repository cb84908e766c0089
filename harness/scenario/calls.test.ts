import { library } from '#harness/serve/example-contract.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import { callsOn } from './calls.ts'

const edge = { consumer: 'page', provider: 'catalogue' }
const system = {
  name: 'shop',
  components: { page: { environment: {} }, catalogue: { port: 1, environment: {}, contract: library } },
  edges: [edge],
  startOrder: [],
  agreements: [],
}

function exchange(method: string, path: string, headers: Exchange['request']['headers'] = {}): Exchange {
  return { request: { id: 1, method, path, headers, body: Buffer.alloc(0) } } as Exchange
}

test('tells each operation that went over an edge once; what the contract does not have is none', () => {
  const [first] = Object.entries(library.operations).filter(
    ([, { method, kind }]) => method === 'GET' && kind === 'http',
  )
  const [name, { path }] = first!
  const url = path.replaceAll(/\{\w+\}/g, '1')
  const traffic = [exchange('GET', `${url}?page=2`), exchange('GET', url), exchange('GET', '/nowhere')]
  expect(callsOn(system, { edges: () => [{ edge, urls: [] }], traffic: () => traffic })).toEqual([
    { edge: 'page -> catalogue', operation: name },
  ])
})
