import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { System } from '#harness/contract/system.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { loadSystems, systemNames } from '#harness/project/systems.ts'
import { library } from '#harness/serve/example-contract.ts'
import { layoutFindings } from './layout.ts'

const shop: System = {
  name: 'shop',
  components: {
    page: { port: 3000, environment: {} },
    catalogue: { port: 3001, environment: {}, contract: library },
  },
  edges: [{ consumer: 'page', provider: 'catalogue' }],
  startOrder: ['catalogue', 'page'],
  agreements: [],
}

const complete = [
  'consumers/shop/page/books/list.pact.test.ts',
  'providers/shop/catalogue/main.ts',
  'providers/shop/catalogue/states.ts',
  'mocks/shop/catalogue.mock.ts',
  'mocks/shop/catalogue/memory.ts',
  'scenarios/shop/buy.scenario.test.ts',
  'pacts/shop/page--catalogue.json',
  'pacts/README.md',
]

/** Empty files, or files with their text. */
type Files = readonly string[] | Readonly<Record<string, string>>

const isList = (files: Files): files is readonly string[] => Array.isArray(files)

async function found(files: Files, systems: readonly System[] = [shop]): Promise<readonly string[]> {
  const root = await mkdtemp(join(tmpdir(), 'concordat-layout-'))
  try {
    for (const [file, text] of isList(files) ? files.map((file) => [file, ''] as const) : Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true })
      await writeFile(join(root, file), text)
    }
    const findings = await layoutFindings({ root, names: ['shop'], systems })
    expect(findings.every(({ code, severity }) => code === 'layout' && severity === 'error')).toBe(true)
    return findings.map(({ path, message }) => `${path}: ${message}`)
  } finally {
    await rm(root, { recursive: true })
  }
}

function without(file: string): readonly string[] {
  return complete.filter((other) => other !== file)
}

test('a system with everything in its place has no finding', async () => {
  expect(await found(complete)).toEqual([])
})

test.each(['consumers', 'providers', 'mocks', 'scenarios', 'pacts'])(
  'a folder under %s that no system names is reported',
  async (kind) => {
    expect(await found([...complete, `${kind}/shpo/file.ts`])).toEqual([`${kind}/shpo: No system has this name.`])
  },
)

test.each(['consumers/shop/pgae', 'providers/shop/catalog', 'mocks/shop/catalog'])(
  'a folder that no component names is reported: %s',
  async (folder) => {
    expect(await found([...complete, `${folder}/file.ts`])).toEqual([`${folder}: shop has no component of this name.`])
  },
)

test('a mock that no component names is reported', async () => {
  expect(await found([...complete, 'mocks/shop/catalog.mock.ts'])).toEqual([
    'mocks/shop/catalog.mock.ts: shop has no component of this name.',
  ])
})

test.each([
  ['mocks/shop/catalogue.mock.ts', 'no mock'],
  ['providers/shop/catalogue/main.ts', 'no live service'],
  ['providers/shop/catalogue/states.ts', 'no set-up of states for its live service'],
])('a component with a contract needs %s', async (file, lack) => {
  expect(await found(without(file))).toEqual([
    `${file}: shop/catalogue has a contract and ${lack}: the file is missing.`,
  ])
})

test('what several components have in common lies in a folder of its own', async () => {
  const shared = ['consumers', 'providers', 'mocks'].map((kind) => `${kind}/shop/shared/file.ts`)
  expect(await found([...complete, ...shared])).toEqual([])
  expect(await found([...complete, 'scenarios/shop/shared/file.ts'])).toEqual([])
})

test('a live service in another language has the file that its command names', async () => {
  const catalogue = { ...shop.components['catalogue']!, command: ['python3', 'main.py'] as const }
  const systems = [{ ...shop, components: { ...shop.components, catalogue } }]
  expect(await found(complete, systems)).toEqual([
    'providers/shop/catalogue/main.py: shop/catalogue has a contract and no live service: the file is missing.',
  ])
  const files = [...without('providers/shop/catalogue/main.ts'), 'providers/shop/catalogue/main.py']
  expect(await found(files, systems)).toEqual([])
})

test('a live service calls with the client of its own component, or with a shared one', async () => {
  const own = { 'providers/shop/catalogue/main.ts': `import { call } from '#consumers/shop/catalogue/api.ts'` }
  const shared = { 'providers/shop/catalogue/work/do.ts': `const api = await import("#consumers/shop/shared/api.ts")` }
  const files = Object.fromEntries(complete.map((file) => [file, '']))
  expect(await found({ ...files, ...own, ...shared })).toEqual([])
})

test.each([
  ['another component', `import { call } from '#consumers/shop/page/api.ts'`, 'shop/page'],
  ['another system', `import type { Api } from "#consumers/bank/teller/api.ts"`, 'bank/teller'],
  ['another component, by its path', `export * from '../../../consumers/shop/page/api.ts'`, 'shop/page'],
  ['another component, later', `const api = await import('#consumers/shop/page/api.ts')`, 'shop/page'],
])('a live service that calls with the client of %s is reported', async (_whose, text, imported) => {
  const files = Object.fromEntries(complete.map((file) => [file, '']))
  expect(await found({ ...files, 'providers/shop/catalogue/work/do.ts': text })).toEqual([
    `providers/shop/catalogue/work/do.ts: It imports consumers/${imported}: a provider takes clients of the same component and shared ones only.`,
  ])
})

test('what providers share calls with shared clients only', async () => {
  const files = Object.fromEntries(complete.map((file) => [file, '']))
  const text = `import { call } from '#consumers/shop/catalogue/api.ts'`
  expect(await found({ ...files, 'providers/shop/shared/do.ts': text })).toEqual([
    'providers/shop/shared/do.ts: It imports consumers/shop/catalogue: a provider takes clients of the same component and shared ones only.',
  ])
})

test('an edge needs a consumer that records', async () => {
  const expected = ['consumers/shop/page: page -> catalogue is declared, and no *.pact.test.ts here records it.']
  expect(await found(without('consumers/shop/page/books/list.pact.test.ts'))).toEqual(expected)
  expect(
    await found([...without('consumers/shop/page/books/list.pact.test.ts'), 'consumers/shop/page/api.test.ts']),
  ).toEqual(expected)
})

test('a system that was not asked for is not looked into, and is none to complain about', async () => {
  expect(await found(['pacts/shop/page--catalogue.json'], [])).toEqual([])
})

test('this project keeps the mirror rule', async () => {
  const findings = await layoutFindings({ root: projectRoot, names: await systemNames(), systems: await loadSystems() })
  expect(findings.map(describeFinding)).toEqual([])
})
