import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { bytes } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { Problem, problem } from '#harness/contract/problem.ts'
import type { PactFile } from '../file/pact-file.ts'
import { bodyLimits, replayBodyLimit } from './body-limits.ts'
import type { Target } from './target.ts'

const maxBytes = 200_000
const archive = contract('archive', {
  errors: problem,
  operations: {
    store: http.post('/files', {
      query: { name: z.string() },
      body: bytes({ mediaTypes: ['text/plain'], maxBytes }),
      replies: { 201: z.object({}), 413: Problem },
    }),
    keep: http.put('/kept', {
      body: bytes({ mediaTypes: ['text/plain'], maxBytes: 10 }),
      replies: { 200: z.object({}) },
    }),
    note: http.post('/notes', { body: z.object({}), replies: { 201: z.object({}) } }),
  },
})

function upload(description: string, method: string, path: string, status: number) {
  return {
    type: 'Synchronous/HTTP' as const,
    description,
    providerStates: [{ name: 'clerk', params: { name: 'Ann' } }],
    request: {
      method,
      path,
      query: { name: ['a b'] },
      headers: { 'Content-Type': ['text/plain'], cookie: ['key=placeholder'] },
      generators: { header: { cookie: { type: 'ProviderState', expression: 'key=${key}' } } },
    },
    response: { status },
  }
}

const pact: PactFile = {
  consumer: { name: 'clerk' },
  provider: { name: 'archive' },
  interactions: [
    upload('is refused a file', 'POST', '/files', 401),
    upload('stores a text', 'POST', '/files', 201),
    upload('stores another text', 'POST', '/files', 201),
    upload('keeps a text', 'PUT', '/kept', 200),
    upload('takes a note', 'POST', '/notes', 201),
  ],
  metadata: { pactSpecification: { version: '4.0' } },
}
const limits = bodyLimits(pact, archive)

test('each upload of a pact has its limits: the largest body and, where the contract refuses it, one byte more', () => {
  expect(limits.map(({ description }) => description)).toEqual([
    'store takes 200000 bytes, as many as the contract allows',
    'store refuses 200001 bytes, as the contract says',
    'keep takes 10 bytes, as many as the contract allows',
  ])
})

async function findingsAt(answer: (size: number) => readonly [number, string, string], seen: string[] = []) {
  const onRequest: RequestListener = (request, response) => {
    let size = 0
    request.on('data', (chunk: Buffer) => (size += chunk.byteLength))
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${request.headers.cookie} ${request.headers['content-type']} ${size}`)
      const [status, type, body] = answer(size)
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  }
  await using server = createServer(onRequest).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const target: Target = {
    name: 'here',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    states: undefined,
    setUp: async (_state, { name }) => ({ key: `key-of-${String(name)}` }),
    reset: async () => undefined,
    evidence: () => [],
    [Symbol.asyncDispose]: async () => undefined,
  }
  const found = []
  for (const limit of limits) found.push(...(await replayBodyLimit(limit, { pact, contract: archive, target })))
  return found
}

const refusal = JSON.stringify(
  problem.body({ status: 413, code: 'body_too_large', message: 'Too large.', requestId: 'r1' }),
)
const json = 'application/json'

test('who takes the largest body, and refuses a larger one in the shape of its errors, keeps the contract', async () => {
  const seen: string[] = []
  const findings = await findingsAt(
    (size) => (size > maxBytes ? [413, json, refusal] : [size > 10 ? 201 : 200, json, '{}']),
    seen,
  )
  expect(findings).toEqual([])
  expect(seen).toEqual([
    'POST /files?name=a+b key=key-of-Ann text/plain 200000',
    'POST /files?name=a+b key=key-of-Ann text/plain 200001',
    'PUT /kept?name=a+b key=key-of-Ann text/plain 10',
  ])
})

test('a limit that is too low is found at the operation', async () => {
  const findings = await findingsAt((size) =>
    size > 100_000 ? [413, json, refusal] : [size > 10 ? 201 : 200, json, '{}'],
  )
  expect(findings).toMatchObject([
    { code: 'interaction-mismatch', operation: 'store', path: '$.reply.status', target: 'here' },
  ])
  expect(findings[0]?.message).toBe('A body of 200000 bytes is answered 413, not 201.')
})

test('a refusal that somebody else wrote is found', async () => {
  const findings = await findingsAt((size) =>
    size > maxBytes ? [413, 'text/html', '<h1>Too large</h1>'] : [size > 10 ? 201 : 200, json, '{}'],
  )
  expect(findings).toMatchObject([{ operation: 'store', path: '$.reply.body' }])
  expect(findings[0]?.message).toContain('is text/html: it was not written by archive.')
})

test('one who does not listen is found', async () => {
  const target: Target = {
    name: 'nowhere',
    baseUrl: 'http://127.0.0.1:9',
    states: undefined,
    setUp: async () => ({ key: 'k' }),
    reset: async () => undefined,
    evidence: () => [],
    [Symbol.asyncDispose]: async () => undefined,
  }
  const [limit] = limits
  const findings = await replayBodyLimit(limit!, { pact, contract: archive, target })
  expect(findings).toMatchObject([{ code: 'no-answer', operation: 'store', target: 'nowhere' }])
})
