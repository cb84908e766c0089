import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { marketSystem } from '#harness/impact/testing/market-system.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'

const test1 = 'consumers/market/till/stock.pact.test.ts'

function pactOf(consumer: string, testname: string, description = 'reads the items'): string {
  return JSON.stringify({
    consumer: { name: `market-${consumer}` },
    provider: { name: 'market-stock' },
    interactions: [
      {
        type: 'Synchronous/HTTP',
        description,
        comments: { testname },
        request: { method: 'GET', path: '/items' },
        response: { status: 200 },
      },
    ],
    metadata: { pactSpecification: { version: '4.0' }, concordat: { sources: { [testname]: '' } } },
  })
}

// The project's folder is read when the harness is loaded.
const project = await temporaryProject({
  ...marketSystem,
  'pacts/market/till--stock.json': pactOf('till', test1),
  'pacts/market/app--stock.json': pactOf('app', 'consumers/market/app/items.pact.test.ts'),
})
process.env['CONCORDAT_ROOT'] = project.root
const { loadSystem } = await import('#harness/project/systems.ts')
const { readLedger, writeLedger } = await import('./ledger.ts')
const { updatedLedger } = await import('./updated-ledger.ts')
const { unprovenEdges } = await import('./unproven.ts')
afterAll(() => project[Symbol.asyncDispose]())

const market = await loadSystem('market')
const file = 'pacts/market.ledger.json'
const text = (): Promise<string> => readFile(join(project.root, file), 'utf8')

/** Enters what was replayed well: `{ 'till--stock': [] }`, with further targets. */
async function enter(well: Readonly<Record<string, readonly string[]>>): Promise<boolean> {
  return writeLedger('market', await updatedLedger(market, new Map(Object.entries(well))))
}

/** What of an edge is not as it was replayed. */
async function differs(name = 'till--stock'): Promise<readonly string[]> {
  const found = await unprovenEdges(market)
  const own = found.find(({ inputs: { edge } }) => `${edge.consumer}--${edge.provider}` === name)
  return own?.differs ?? []
}

/** What differs while a file has another text. */
async function differsWith(path: string, other: string, name?: string): Promise<readonly string[]> {
  const before = await readFile(join(project.root, path), 'utf8').catch(() => '')
  await project.write(path, other)
  const found = await differs(name)
  await project.write(path, before)
  return found
}

beforeEach(() => enter({ 'till--stock': [], 'app--stock': ['compose'] }))

test('without a run nothing is proven; an edge without a pact never is', async () => {
  await project.write(file, '{}')
  expect(await differs()).toEqual(['no run is known'])
  expect(await differs('bank--stock')).toEqual(['it has no pact that can be read'])
})

test('after a run the ledger says of each interaction what it was recorded from and replayed on, in the same bytes', async () => {
  expect(await differs()).toEqual([])
  const digest = expect.stringMatching(/^[0-9a-f]{16}$/) as string
  expect(await readLedger('market')).toEqual({
    edges: {
      'app--stock': expect.objectContaining({ replayed: { compose: digest, live: digest, mock: digest } }) as object,
      'till--stock': {
        pact: digest,
        contract: digest,
        recorded: { [test1]: { consumer: digest, interactions: ['reads the items'] } },
        replayed: { live: digest, mock: digest },
      },
    },
  })
  const written = await text()
  expect(await enter({ 'app--stock': [], 'till--stock': ['compose'] })).toBe(false)
  expect(await text()).toBe(written)
})

test.each([
  ['pacts/market/till--stock.json', pactOf('till', test1, 'reads all items'), ['its pact']],
  [test1, `import './stock-client.ts'\n`, [`the client that ${test1} records with`]],
  ['consumers/market/shared/client.ts', `export const client = 2\n`, [`the client that ${test1} records with`]],
  ['providers/market/stock/main.ts', `export const main = 2\n`, ['its live provider']],
  ['providers/market/stock/migrations/001.sql', `drop table items\n`, ['its live provider']],
  ['mocks/market/stock/memory.ts', `export const memory = 2\n`, ['its mock provider']],
  ['providers/market/bank/main.ts', `export {}\n`, []],
  ['providers/market/stock/main.test.ts', `export {}\n`, []],
  ['consumers/market/till/bank.pact.test.ts', `export {}\n`, []],
])('a proof is of what it was replayed with: %s', async (path, other, expected) => {
  expect(await differsWith(path, other)).toEqual(expected)
})

test('a contract counts by what it means to the pact, in a process that loads it anew', async () => {
  const contract = marketSystem['contracts/market/stock.ts'] ?? ''
  const { meaningOf } = await import('./meaning.ts')
  const { describeSystem } = await import('#harness/impact/description/describe.ts')
  async function meaning(name: string, body: string): Promise<string> {
    await project.write(`contracts/market/${name}.ts`, body)
    const module = (await import(join(project.root, `contracts/market/${name}.ts`))) as { stock: never }
    const components = { stock: { contract: module.stock, port: 1, environment: {} } }
    const described = describeSystem({ ...market, components }, new Map()).components['stock']!
    return meaningOf(described, { operations: ['getItem'], states: [] })
  }
  const same = await meaning('one', contract)
  const described = contract.replace('z.string()', `z.string().describe('What it is called.')`)
  const more = contract.replace(
    'operations: {',
    `operations: { other: http.get('/other', { replies: { 200: z.object({}) } }),`,
  )
  expect(await meaning('two', `// A comment.\n${described}`)).toBe(same)
  expect(await meaning('three', more)).toBe(same)
  expect(await meaning('four', contract.replace('z.string()', 'z.string().max(5)'))).not.toBe(same)
})

test('what was not replayed well keeps its former proof, and a former run in containers stands', async () => {
  await project.write('providers/market/stock/main.ts', `export const main = 3\n`)
  await enter({ 'app--stock': [] })
  expect(await differs('app--stock')).toEqual([])
  expect(await differs('till--stock')).toEqual(['its live provider'])
  const { edges } = await readLedger('market')
  expect(edges['app--stock']?.replayed['compose']).toBeDefined()
  expect(edges['app--stock']?.replayed['compose']).not.toBe(edges['app--stock']?.replayed['live'])
})

test('a ledger with the marks of a merge proves nothing, and is written anew', async () => {
  await project.write(file, `<<<<<<< HEAD\n${await text()}`)
  expect(await differs()).toEqual(['no run is known'])
  await enter({ 'till--stock': [] })
  expect(await differs()).toEqual([])
})
