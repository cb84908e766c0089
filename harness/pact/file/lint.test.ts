import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { library } from '#harness/serve/example-contract.ts'
import { lintPact } from './lint.ts'
import { sourceDigest } from './merge.ts'
import type { PactFile } from './pact-file.ts'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lint-'))
  await writeFile(join(root, 'reader.pact.test.ts'), 'test("reads")')
})
afterEach(() => rm(root, { recursive: true }))

async function pact(
  changes: { path?: string; state?: string; interactions?: []; source?: string } = {},
): Promise<PactFile> {
  const { path = '/books', state = 'bookExists', source = 'reader.pact.test.ts' } = changes
  return {
    consumer: { name: 'reader' },
    provider: { name: 'library' },
    interactions: changes.interactions ?? [
      {
        type: 'Synchronous/HTTP',
        description: 'lists books',
        providerStates: [{ name: state }],
        request: { method: 'GET', path },
        response: { status: 200 },
      },
    ],
    metadata: {
      pactSpecification: { version: '4.0' },
      concordat: { sources: { [source]: await sourceDigest(join(root, 'reader.pact.test.ts')) } },
    },
  }
}

test('a pact that keeps the contract and is as new as its tests is fine', async () => {
  expect(await lintPact(await pact(), library, root)).toEqual([])
})

test.each([
  ['has no interaction', { interactions: [] as [] }, 'nothing-to-replay'],
  ['calls what the contract does not have', { path: '/magazines' }, 'operation-undeclared'],
  ['needs a state that the contract does not have', { state: 'shelfFull' }, 'state-undeclared'],
  ['was recorded by a test that is gone', { source: 'gone.pact.test.ts' }, 'pact-stale'],
] as const)('a pact that %s is red before anything is started', async (_what, changes, code) => {
  expect(await lintPact(await pact(changes), library, root)).toMatchObject([{ code, edge: 'reader -> library' }])
})

test('a pact is stale when its test was changed after it was recorded', async () => {
  const recorded = await pact()
  await writeFile(join(root, 'reader.pact.test.ts'), 'test("reads two")')
  expect(await lintPact(recorded, library, root)).toMatchObject([{ code: 'pact-stale', path: 'reader.pact.test.ts' }])
})
