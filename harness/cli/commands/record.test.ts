import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { itemTest } from '#harness/testing/shop-system.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat } from '../testing/concordat.ts'

const testFile = 'consumers/shop/till/item.pact.test.ts'

test('records into the pact of an edge, and says what changed and what it dropped', async () => {
  await using project = await temporaryProject(gateProject)
  const options = { root: project.root }
  const pact = (): Promise<string> => readFile(join(project.root, 'pacts/shop/till--stock.json'), 'utf8')

  const first = await concordat(['record', '--edge', 'till--stock'], options)
  expect(first.stdout).toBe('shop-till -> shop-stock: 2 interactions recorded, pacts/shop/till--stock.json changed\n')
  expect(first.code).toBe(0)
  const recorded = await pact()

  const again = await concordat(['record', '--system', 'shop', '--json'], options)
  expect(JSON.parse(again.stdout)).toMatchObject({
    command: 'record',
    ok: true,
    edges: [{ edge: 'shop-till -> shop-stock', recorded: 2, interactions: 2, changed: false, dropped: [] }],
  })
  expect(await pact()).toBe(recorded)

  await project.write(testFile, itemTest([2]))
  const less = await concordat(['record', '--maxWorkers', '2'], options)
  expect(less.stdout).toContain('1 interaction recorded, pacts/shop/till--stock.json changed, dropped "reads item 1"')
}, 60_000)

test('a consumer test that fails is 1, with what it said', async () => {
  await using project = await temporaryProject({
    ...gateProject,
    [testFile]: itemTest([1]).replace('toEqual({ id', 'toEqual({ id: 7'),
  })
  const { code, stdout } = await concordat(['record'], { root: project.root })
  expect(stdout).toContain(`✗ ${testFile}: reads item 1`)
  expect(stdout).toContain('expect(received).toEqual(expected)')
  expect(code).toBe(1)
}, 60_000)

test('a fault that the consumer does not survive is 1, told as what it is', async () => {
  const fragile = itemTest([1])
    .replace('import { stock }', "import { fault } from '#harness/fault/fault.ts'\nimport { stock }")
    .replace('reply: {', 'survives: [fault.status(500)],\n    reply: {')
  await using project = await temporaryProject({ ...gateProject, [testFile]: fragile })
  const { code, stdout } = await concordat(['record', '--json'], { root: project.root })
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [{ code: 'fault-not-survived', operation: 'getItem', interaction: 'reads item 1' }],
  })
  expect(code).toBe(1)
}, 60_000)

test('no consumer test at all is 3', async () => {
  const { [testFile]: _left, ...files } = gateProject
  await using project = await temporaryProject(files)
  const { code, stdout } = await concordat(['record'], { root: project.root })
  expect(stdout).toContain('nothing-to-replay')
  expect(code).toBe(3)
})
