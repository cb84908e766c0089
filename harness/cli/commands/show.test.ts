import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat } from '../testing/concordat.ts'

test('without a name it lists the systems', async () => {
  await using project = await temporaryProject(gateProject)
  expect(await concordat(['show'], { root: project.root })).toMatchObject({ code: 0, stdout: 'shop\n' })
})

test('a system with its places, what is missing in them, its components, edges and start order', async () => {
  const { 'providers/shop/stock/states.ts': _left, ...files } = gateProject
  await using project = await temporaryProject(files)
  const { code, stdout } = await concordat(['show', 'shop'], { root: project.root })
  expect(code).toBe(0)
  expect(stdout).toContain('contracts/shop/  stock.ts, system.ts')
  expect(stdout).toContain('consumers/shop/  till/ (0 files, 1 tests)')
  expect(stdout).toContain('layout providers/shop/stock/states.ts: shop/stock has a contract and no set-up of states')
  expect(stdout).toContain('mocks/shop/  stock.mock.ts, stock.replay.test.ts')
  expect(stdout).toContain('pacts/shop/  nothing')
  expect(stdout).toMatch(/stock +7002 +1 +1 +shelf \(directory\)/)
  expect(stdout).toContain('till -> stock: no pact that can be read')
  expect(stdout).toContain('start order: shelf, stock, till')
})

test('operations that no pact uses are named', async () => {
  await using project = await temporaryProject({
    ...gateProject,
    'pacts/shop/till--stock.json': JSON.stringify({
      consumer: { name: 'shop-till' },
      provider: { name: 'shop-stock' },
      interactions: [],
      metadata: { pactSpecification: { version: '4.0' } },
    }),
  })
  const { stdout } = await concordat(['show', 'shop'], { root: project.root })
  expect(stdout).toContain('till -> stock: 0 interactions, 0 of 1 operations used\nin no pact with stock: getItem')
  const { stdout: json } = await concordat(['show', 'shop', '--json'], { root: project.root })
  expect(JSON.parse(json)).toMatchObject({
    command: 'show',
    ok: true,
    exitCode: 0,
    system: 'shop',
    edges: [{ edge: 'till -> stock', interactions: 0, operations: 1, used: 0 }],
    startOrder: ['shelf', 'stock', 'till'],
  })
})
