import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runJest } from '#harness/testing/run.ts'
import { itemTest, shopSystem } from '#harness/testing/shop-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { readPact } from '../file/pact-file.ts'

const testFile = (name: string): string => `consumers/shop/till/${name}.pact.test.ts`

function pactFile({ root }: TemporaryProject): string {
  return join(root, 'pacts/shop/till--stock.json')
}

async function descriptions(project: TemporaryProject): Promise<readonly string[]> {
  return (await readPact(pactFile(project))).interactions.map((interaction) => interaction.description)
}

test('360 interactions of 24 files with 4 workers are 360 interactions', async () => {
  const files = Array.from({ length: 24 }, (_, file) => {
    const ids = Array.from({ length: 15 }, (_item, index) => file * 15 + index)
    return [testFile(`items-${file}`), itemTest(ids)] as const
  })
  await using project = await temporaryProject({ ...shopSystem, ...Object.fromEntries(files) })
  expect(await runJest(project.root, ['--maxWorkers=4'])).toMatchObject({ code: 0 })
  expect(new Set(await descriptions(project)).size).toBe(360)
}, 120_000)

test('a pact changes with its tests: the same bytes for the same tests, gone what no test declares, kept what did not run', async () => {
  await using project = await temporaryProject({
    ...shopSystem,
    [testFile('a')]: itemTest([1, 2]),
    [testFile('b')]: itemTest([3]),
  })
  await runJest(project.root, ['--maxWorkers=2'])
  const first = await readFile(pactFile(project))
  await runJest(project.root, ['--runInBand', '-t', 'reads item 2'])
  expect((await readFile(pactFile(project))).equals(first)).toBe(true)

  await project.write(testFile('a'), itemTest([2]))
  const { output } = await runJest(project.root, ['a.pact.test'])
  expect(output).toContain('wrote pacts/shop/till--stock.json, without "reads item 1"')
  expect(await descriptions(project)).toEqual(['reads item 2', 'reads item 3'])
}, 60_000)

/** A test that fails: its one interaction is `name 1`, changed in one place. */
function spoiled(name: string, from: string, to: string): string {
  const test = itemTest([1], name).replace(
    'expect(body).toEqual',
    'expect(body.name).toBeDefined(); expect(body).toEqual',
  )
  expect(test).toContain(from)
  return test.replace(from, to)
}

test('what contradicts the contract, or the client, fails its test and is not recorded', async () => {
  await using project = await temporaryProject({
    ...shopSystem,
    [testFile('type')]: spoiled('type', "name: 'type' } }", 'name: 7 } }'),
    [testFile('field')]: spoiled('field', "name: 'field' } }", "label: 'field' } }"),
    [testFile('unread')]: spoiled('unread', ", name: 'unread' } }", ' } }'),
    [testFile('call')]: spoiled('call', 'getItem({ params: { id } })\n    ', 'getItem({ params: { id: 99 } })\n    '),
    [testFile('good')]: itemTest([2], 'good'),
  })
  const { code, output } = await runJest(project.root, [])
  expect(code).toBe(1)
  expect(output).toContain('$.name: Invalid input: expected string, received number')
  expect(output).toContain('$.label: the contract has no such field.')
  expect(output).toContain('the reply lacks $.name, which is read here')
  expect(output).toContain('The following request was not expected')
  expect(await descriptions(project)).toEqual(['reads good 2'])
}, 60_000)

const token = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'c2lnbmF0dXJlLW9mLWl0'].join('.')

test.each([
  [
    'the same description and state with other content, where Pact keeps the last one',
    { a: itemTest([1]), b: itemTest([1]).replaceAll("name: 'item'", "name: 'other'") },
    'pact-conflict: shop-till -> shop-stock · reads item 1',
  ],
  ['a secret', { a: itemTest([1], token) }, 'It looks like a JSON Web Token, and pacts are committed and published.'],
])(
  '%s is refused, and no pact is written',
  async (_what, tests, message) => {
    const files = Object.entries(tests).map(([name, text]) => [testFile(name), text])
    await using project = await temporaryProject({ ...shopSystem, ...Object.fromEntries(files) })
    const { code, output } = await runJest(project.root, [])
    expect(code).toBe(1)
    expect(output).toContain(message)
    await expect(readPact(pactFile(project))).rejects.toThrow('ENOENT')
  },
  60_000,
)
