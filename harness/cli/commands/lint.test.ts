import { itemTest, shopSystem } from '#harness/testing/shop-system.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'
import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { concordat } from '../testing/concordat.ts'

test('without starting anything it says that all is in order, or which interaction contradicts the contract where', async () => {
  await using project = await temporaryProject(gateProject)
  const options = { root: project.root }
  await concordat(['record'], options)
  const unproven = await concordat(['lint'], options)
  expect(unproven.stdout).toMatch(/^not-replayed: shop\/till -> stock · pacts\/shop\.ledger\.json\n.*no run is known/m)
  expect(unproven.code).toBe(1)
  await concordat(['gate'], options)
  const good = await concordat(['lint'], options)
  expect(good.stdout).toBe('shop/till--stock  2 interactions  2 compared with OpenAPI    in order  replayed as it is\n')
  expect(good.code).toBe(0)

  const contract = 'contracts/shop/stock.ts'
  await project.write(contract, (shopSystem[contract] ?? '').replace('name: z.string()', 'label: z.string()'))
  const bad = await concordat(['lint', '--json'], options)
  expect(JSON.parse(bad.stdout)).toMatchObject({
    command: 'lint',
    exitCode: 1,
    findings: [
      { code: 'pact-outside-contract', edge: 'shop-till -> shop-stock', interaction: 'reads item 1' },
      { code: 'pact-outside-contract', interaction: 'reads item 2', path: '$.response.body' },
      { code: 'not-replayed', message: expect.stringContaining('what its contract means') as string },
    ],
    edges: [{ edge: 'shop/till--stock', interactions: 2, compared: 2, left: 0, wrong: 2, isProven: false }],
  })
  expect(bad.code).toBe(1)

  await project.write('consumers/shop/till/item.pact.test.ts', itemTest([1]))
  const stale = await concordat(['lint'], options)
  expect(stale.stdout).toMatch(/^pact-stale: shop-till -> shop-stock · consumers\/shop\/till\/item\.pact\.test\.ts$/m)
}, 60_000)
