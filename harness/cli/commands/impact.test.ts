import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { gitProject, type GitProject } from '#harness/impact/testing/git-project.ts'
import { itemTest, shopSystem } from '#harness/testing/shop-system.ts'
import { concordat } from '../testing/concordat.ts'

const contract = 'contracts/shop/stock.ts'
const accepted = 'contracts/shop/accepted-breaks.json'
const id = 'stock.getItem reply 200 body.name'
const client = `import { stock } from '#contracts/shop/stock.ts'
export const nameOf = (item) => item.name
export { stock }
`

/** A consumer that reads the name of an item, recorded and committed; then the contract lets it be null. */
let project: GitProject
beforeAll(async () => {
  project = await gitProject({
    ...shopSystem,
    'consumers/shop/till/item.pact.test.ts': `import './client.ts'\n${itemTest([1])}`.replaceAll(
      '`reads item ${id}`',
      "'reads an item'",
    ),
    'consumers/shop/till/client.ts': client,
  })
  await concordat(['record'], { root: project.root })
  await project.commit('recorded')
  await project.write(
    contract,
    (shopSystem[contract] ?? '').replace('name: z.string()', 'name: z.string().nullable(), price: z.number()'),
  )
}, 60_000)
afterAll(() => project[Symbol.asyncDispose]())

function impact(...args: readonly string[]) {
  return concordat(['impact', '--since', 'main', ...args], { root: project.root })
}

test('a break names the consumer, the field, and the lines that use it; what harms nobody is told as well', async () => {
  const { stdout, code } = await impact()
  expect(stdout).toBe(
    [
      `✗ shop: ${id}: may be null now`,
      '    breaks till: "reads an item"',
      '        consumers/shop/till/item.pact.test.ts:10',
      '        consumers/shop/till/client.ts:2',
      '',
      'harms nobody:',
      '  shop: stock.getItem reply 200 body.price: is new, and required',
      '',
      '2 changes: 1 broken, 0 accepted, 0 mild',
      '',
    ].join('\n'),
  )
  expect(code).toBe(1)
  expect(await readdir(join(project.root, '.concordat'))).not.toContainEqual(expect.stringMatching(/^ref-/))
})

test('as data, by the same words', async () => {
  const { stdout } = await impact('--json')
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode: 1,
    findings: [
      {
        code: 'contract-break',
        severity: 'error',
        edge: 'shop-till -> shop-stock',
        interaction: 'reads an item',
        path: id,
      },
    ],
    changes: [
      { id, breaks: 'readers', consumers: [{ consumer: 'till', isStill: true, verdict: 'broken' }] },
      { unharmed: ['till'] },
    ],
  })
})

test('a break that somebody accepted is none, until its day is over; one that is accepted for nothing is told', async () => {
  const write = (...breaks: readonly object[]) => project.write(accepted, JSON.stringify({ breaks }))
  const reason = 'the till is switched off'
  await write(
    { what: id, reason, expires: '2999-01-31' },
    { what: 'stock.getItem reply 404', reason, expires: '2999-01-31' },
  )
  const open = await impact()
  expect(open.stdout).toContain('accepted-break-unused: shop · contracts/shop/accepted-breaks.json')
  expect(open.stdout).toContain('breaks, which is accepted, till: "reads an item"')
  expect(open.stdout).toContain(`until 2999-01-31: ${reason}\n`)
  expect(open.code).toBe(0)

  await write({ what: id, consumer: 'app', reason, expires: '2999-01-31' })
  expect((await impact()).code).toBe(1)

  await write({ what: id, reason, expires: '2020-01-31' })
  const over = await impact()
  expect(over.stdout).toContain(`"${id}" was accepted until 2020-01-31: ${reason}.`)
  expect(over.stdout).toContain('1 broken, 0 accepted')
  expect(over.code).toBe(1)

  await project.write(accepted, '{ "breaks": [{ "what": "x" }] }')
  const wrong = await impact()
  expect(wrong.stderr).toContain('contracts/shop/accepted-breaks.json: breaks.0.reason:')
  expect(wrong.code).toBe(2)
  await project.remove(accepted)
})

test('a consumer that is changed along with the contract is to be deployed first', async () => {
  await project.write(
    'consumers/shop/till/item.pact.test.ts',
    itemTest([1]).replaceAll(/, name: '(item|\$\{name\})'/g, ''),
  )
  const recorded = await concordat(['record'], { root: project.root })
  expect(recorded.code).toBe(0)
  const { stdout } = await impact('--json')
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [{ code: 'contract-break', fix: expect.stringContaining('let it be deployed first') as string }],
    changes: [{ consumers: [{ isStill: false }] }, {}],
  })
})

test('a base whose contracts cannot be loaded, or that is not there, is said to be at fault', async () => {
  await project.git('checkout', '--quiet', '-b', 'broken')
  await project.write('contracts/shop/system.ts', `import 'no-such-package'\n`)
  await project.commit('broken')
  await project.write('contracts/shop/system.ts', shopSystem['contracts/shop/system.ts'] ?? '')
  const broken = await concordat(['impact', '--since', 'broken'], { root: project.root })
  expect(broken.stderr).toContain('the contracts at broken cannot be loaded')
  expect(broken.stderr).toContain('no-such-package')
  expect(broken.code).toBe(14)
  const unknown = await concordat(['impact'], { root: project.root })
  expect(unknown.stderr).toContain('--since origin/main: there is no such commit here.')
  expect(unknown.code).toBe(2)
})
