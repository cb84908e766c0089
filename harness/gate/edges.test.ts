import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describeFinding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import { library } from '#harness/serve/example-contract.ts'

// The project's folder is read when the harness is loaded.
const root = await mkdtemp(join(tmpdir(), 'concordat-edges-'))
process.env['CONCORDAT_ROOT'] = root
const { readEdges, strayPacts } = await import('./edges.ts')
afterAll(() => rm(root, { recursive: true }))

const shop: System = {
  name: 'shop',
  components: { page: { port: 1, environment: {} }, catalogue: { port: 2, environment: {}, contract: library } },
  edges: [{ consumer: 'page', provider: 'catalogue' }],
  startOrder: ['catalogue', 'page'],
  agreements: [],
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}

function pactOf(consumer: string, paths: readonly string[]): string {
  return JSON.stringify({
    consumer: { name: consumer },
    provider: { name: 'library' },
    interactions: paths.map((path) => ({
      type: 'Synchronous/HTTP',
      description: `gets ${path}`,
      request: { method: 'GET', path },
      response: { status: 200 },
    })),
    metadata: { pactSpecification: { version: '4.0' } },
  })
}

const file = 'pacts/shop/page--catalogue.json'

test('an edge without a pact file', async () => {
  expect(await readEdges([shop])).toMatchObject([{ system: 'shop', pact: { kind: 'missing' } }])
})

test('a pact file that is none', async () => {
  await write(file, '{"consumer":')
  expect(await readEdges([shop])).toMatchObject([
    { pact: { kind: 'invalid', message: expect.stringContaining('no JSON') } },
  ])
})

test('a pact with the operation of each interaction, and what its lint found', async () => {
  await write(file, pactOf('shop-page', ['/books', '/shelves']))
  const [edge] = await readEdges([shop])
  expect(edge?.pact).toMatchObject({
    kind: 'read',
    interactions: [
      { description: 'gets /books', operation: 'listBooks' },
      { description: 'gets /shelves', operation: undefined },
    ],
    findings: [{ code: 'operation-undeclared', interaction: 'gets /shelves' }],
  })
})

test('a pact that lies where that of another edge does', async () => {
  await write(file, pactOf('shop-till', ['/books']))
  const [edge] = await readEdges([shop])
  expect(edge?.pact).toMatchObject({ kind: 'read', findings: [{ code: 'pact-unclaimed', path: file }] })
})

test('a pact of an edge that is not declared', async () => {
  await write('pacts/shop/till--catalogue.json', pactOf('shop-till', ['/books']))
  expect((await strayPacts([shop])).map(describeFinding)).toEqual([
    expect.stringMatching(/^pact-unclaimed: shop · pacts\/shop\/till--catalogue\.json\n/),
  ])
})
