import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, type Ended } from '../testing/concordat.ts'

const contract = gateProject['contracts/shop/stock.ts'] ?? ''
const consumer = gateProject['consumers/shop/till/item.pact.test.ts'] ?? ''

/** The shop, with a text that must not be empty and a field that its till does not read. */
const wider = {
  ...gateProject,
  'contracts/shop/stock.ts': contract.replace(
    'name: z.string() })',
    'name: z.string().min(1), shelf: z.string().optional() })',
  ),
}

let project: TemporaryProject
beforeAll(async () => {
  project = await temporaryProject(wider)
  expect(await concordat(['record'], { root: project.root })).toMatchObject({ code: 0 })
}, 60_000)
afterAll(() => project[Symbol.asyncDispose]())

function mutate(...args: readonly string[]): Promise<Ended> {
  return concordat(['mutate', ...args], { root: project.root })
}

test('a survivor that only its type is recorded of is a warning, with its interaction and the place of the test', async () => {
  const { code, stdout } = await mutate('till--stock')
  expect(stdout).toContain('warning mutation-survived: till -> stock · reads item 1 · 200 $.name · on live')
  expect(stdout).toContain('A provider that drifts like this passes: C18 getItem 200 $.name emptied.')
  // Its description is put together there: the line cannot be told.
  expect(stdout).toContain('Recorded at consumers/shop/till/item.pact.test.ts.')
  expect(stdout).toMatch(/shop: till -> stock on live {2}(\d+)\/(\d+) caught, 0\/\d+ false alarms {2}(\d+) of \3 tried/)
  expect(code).toBe(0)
}, 60_000)

test('with --json the scores and what survived are data; a component names all edges that end there', async () => {
  const { code, stdout } = await mutate('shop/stock', '--target', 'mock', '--only', 'shelf', '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'mutate',
    ok: true,
    findings: [],
    edges: [{ edge: 'till -> stock', target: 'mock', seed: 1, of: 3, applied: 0, harmless: 2, falseAlarms: 0 }],
  })
  expect(code).toBe(0)
}, 60_000)

test('with --verbose each mutant is said with what came of it', async () => {
  const { stdout } = await mutate('--system', 'shop', '--target', 'mock', '--only', '$.name', '--verbose')
  expect(stdout).toContain('caught    C8 getItem 200 $.name removed\n')
  expect(stdout).toContain('survived  C18 getItem 200 $.name emptied\n')
}, 60_000)

test('a time that is too short says how many of how many were tried', async () => {
  const { stdout } = await mutate('till--stock', '--target', 'mock', '--time', '1ms')
  const [, tried, of] = /(\d+) of (\d+) tried/.exec(stdout) ?? []
  expect(Number(tried)).toBeLessThan(Number(of))
}, 60_000)

test('a pact that names a pattern and lets through what the contract forbids is broken', async () => {
  const weak = consumer
    .replace("name: 'item' }", "name: matching('.*', 'item') }")
    .replace('{ exactly }', '{ exactly, matching }')
  await project.write('consumers/shop/till/item.pact.test.ts', weak)
  expect(await concordat(['record'], { root: project.root })).toMatchObject({ code: 0 })
  const { code, stdout } = await mutate('till--stock', '--target', 'mock', '--only', 'emptied')
  expect(stdout).toContain('mutation-survived: till -> stock · reads item 1 · 200 $.name · on mock')
  expect(stdout).toContain('0/1 caught')
  expect(code).toBe(1)
}, 60_000)

test('an edge that is not there is refused as usage', async () => {
  const { code, stderr } = await mutate('stock--till')
  expect(stderr).toContain('there is no edge "stock--till". Name one of till--stock.')
  expect(code).toBe(2)
}, 60_000)

test('a filter that leaves nothing is 3', async () => {
  const { code, stdout } = await mutate('till--stock', '--target', 'mock', '--only', 'no such thing')
  expect(stdout).toContain('nothing-to-replay: till -> stock\n    No mutant has "no such thing" in its title.')
  expect(code).toBe(3)
}, 60_000)
