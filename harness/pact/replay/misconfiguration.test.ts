import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { system } from '#harness/contract/system.ts'
import type { ComposeStack } from '#harness/stack/compose/compose-stack.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import type { PactFile } from '../file/pact-file.ts'
import { correct, expectFound, type Misconfiguration } from './misconfiguration.ts'
import type { Target } from './target.ts'
import { startVerifier, type PactVerifier } from './verifier.ts'

const clock = contract('tower-clock', {
  errors: problem,
  operations: {
    time: http.get('/time', { replies: { 200: z.object({ hour: z.int() }) } }),
    date: http.get('/date', { replies: { 200: z.object({ day: z.int() }) } }),
  },
})
const tower = system('tower', {
  components: {
    clock: { contract: clock, port: 7001, environment: {} },
    door: { port: 80, environment: {}, entry: { routes: [{ path: '/time', to: 'clock' }] } },
  },
  edges: [],
  startOrder: ['clock', 'door'],
  agreements: [],
})

function reading(what: string, name: string, value: number) {
  return {
    type: 'Synchronous/HTTP' as const,
    description: `reads the ${what}`,
    request: { method: 'GET', path: `/${what}` },
    response: {
      status: 200,
      headers: { 'Content-Type': ['application/json'] },
      body: { content: { [name]: value }, contentType: 'application/json', encoded: false },
    },
  }
}
const pact: PactFile = {
  consumer: { name: 'visitor' },
  provider: { name: 'tower-clock' },
  interactions: [reading('time', 'hour', 12), reading('date', 'day', 24)],
  metadata: { pactSpecification: { version: '4.0' } },
}

/** What stands for an entry: where it is told to stop, it answers 502. */
let configured = ''
const server = createServer((request, response) => {
  const value = request.url === '/time' ? { hour: 12 } : { day: 24 }
  const status = request.url === '/time' && configured.includes('stop;') ? 502 : 200
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
})
const stack = {
  configure: async (_entry: string, text: string) => void (configured = text),
} as unknown as ComposeStack

let verifier: PactVerifier
let target: Target
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  verifier = await startVerifier()
  target = {
    name: 'compose via door',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    states: new Set(),
    setUp: async () => ({}),
    reset: async () => undefined,
    evidence: () => [],
    [Symbol.asyncDispose]: async () => undefined,
  }
}, startUpMs)
afterAll(async () => {
  await verifier[Symbol.asyncDispose]()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const stop: Misconfiguration = {
  name: 'the clock stops',
  entry: 'door',
  component: 'clock',
  change: (config) => config.replace('server {', 'server { stop;'),
  expected: { operation: 'time', path: /^\$\.reply\.status$/ },
}

function tried(change: Partial<Misconfiguration>): Promise<void> {
  return expectFound({ ...stop, ...change }, { system: tower, stack, contract: clock, target, verifier, pact })
}

test('a mistake is found at the operation that suffers from it', async () => {
  await tried({})
  expect(configured).toMatch(/^server \{ stop;\n +listen 80;/m)
  await correct('door', { system: tower, stack })
  expect(configured).toMatch(/^server \{\n +listen 80;/m)
})

test('one that is not found is told', async () => {
  const harmless = (config: string): string => `${config}# Nothing.\n`
  await expect(tried({ change: harmless })).rejects.toThrow('the mistake was not found: all of time stays green.')
})

test('one that is found at another operation, or at another place of it, is told with what was found', async () => {
  await expect(tried({ expected: { operation: 'date' } })).rejects.toThrow('all of date stays green.')
  await expect(tried({ expected: { operation: 'time', path: /body/ } })).rejects.toThrow(
    /found elsewhere than expected:\ninteraction-mismatch: visitor -> tower-clock · reads the time · \$\.reply\.status/,
  )
})

test('one that changes nothing is told, and one that nothing is replayed for', async () => {
  await expect(tried({ change: (config) => config })).rejects.toThrow('it changes nothing of what is generated')
  await expect(tried({ expected: { operation: 'time', interaction: 'reads nothing' } })).rejects.toThrow(
    'no interaction of the pact is reads nothing: nothing was tried.',
  )
})
