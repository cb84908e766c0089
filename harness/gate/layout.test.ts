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

async function found(files: readonly string[], systems: readonly System[] = [shop]): Promise<readonly string[]> {
  const root = await mkdtemp(join(tmpdir(), 'concordat-layout-'))
  try {
    for (const file of files) {
      await mkdir(dirname(join(root, file)), { recursive: true })
      await writeFile(join(root, file), '')
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
