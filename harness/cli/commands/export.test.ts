import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { shopSystem } from '#harness/testing/shop-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, type Ended } from '../testing/concordat.ts'

function exporting(project: TemporaryProject, ...args: readonly string[]): Promise<Ended> {
  return concordat(['export', ...args], { root: project.root })
}

test.each([
  ['python', 'clients/shop/python/concordat_shop/stock.py', 'class StockClient(Client):'],
  ['openapi', 'docs/api/shop/stock.openapi.json', '"operationId": "getItem"'],
  ['reference', '.concordat/reference/shop/index.html', '<title>shop · API reference</title>'],
])(
  '%s goes to its own folder, and a check finds it current',
  async (what, file, text) => {
    await using project = await temporaryProject(shopSystem)
    expect(await exporting(project, what)).toMatchObject({ code: 0, stderr: '' })
    expect(await readFile(join(project.root, file), 'utf8')).toContain(text)
    expect(await exporting(project, what, 'shop', '--check')).toMatchObject({ code: 0 })
  },
  60_000,
)

test('a check finds what is missing, differs or is left over, ends with 1 and writes nothing', async () => {
  await using project = await temporaryProject(shopSystem)
  await exporting(project, 'python', 'shop')
  const folder = join(project.root, 'clients/shop/python/concordat_shop')
  const models = await readFile(join(folder, 'models.py'), 'utf8')
  await writeFile(join(folder, 'models.py'), `${models}x = 1\n`)
  await writeFile(join(folder, 'left.py'), models)
  await rm(join(folder, 'stock.py'))
  const { code, stdout } = await exporting(project, 'python', '--check', '--json')
  expect(code).toBe(1)
  const { findings } = JSON.parse(stdout) as { findings: { path: string; message: string; fix: string }[] }
  expect(findings.map(({ path, message }) => [path.split('/').at(-1), message])).toEqual([
    ['stock.py', 'It is missing.'],
    ['models.py', 'It differs from what the contracts give.'],
    ['left.py', 'The contracts do not give it any more.'],
  ])
  expect(findings[0]).toMatchObject({
    code: 'export-stale',
    severity: 'error',
    edge: 'shop',
    fix: 'Run npm run concordat -- export python shop and commit what it writes.',
  })
  expect(await readFile(join(folder, 'models.py'), 'utf8')).toContain('x = 1')
  const again = await exporting(project, 'python', '--verbose')
  expect(again.stdout).toMatch(
    /written concordat_shop\/stock\.py\n.*written .*models\.py\n.*removed concordat_shop\/left\.py/,
  )
  expect(await exporting(project, 'python', '--check')).toMatchObject({ code: 0 })
}, 60_000)

test('--out puts it elsewhere', async () => {
  await using project = await temporaryProject(shopSystem)
  const out = join(project.root, 'elsewhere')
  const { stdout } = await exporting(project, 'openapi', 'shop', '--out', out, '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'export',
    ok: true,
    exports: [{ system: 'shop', folder: out, files: 1, written: ['stock.openapi.json'], removed: [] }],
  })
}, 60_000)

test.each([
  [['yaml', 'shop'], 'concordat export: "yaml" cannot be exported.'],
  [['openapi', 'no-such-system'], 'there is no system "no-such-system": contracts/ has shop.'],
  [['openapi', '../shop'], 'there is no system "../shop"'],
  [['openapi', '--out', 'x'], 'one folder holds one system. Name the system before --out.'],
  [['openapi', 'shop', '--out'], '--out needs a value'],
  [['openapi', 'shop', 'till'], '"till" is one argument too many'],
  [[], 'Missing required positional argument: WHAT'],
])(
  '%j is a usage error that says what to do',
  async (args, message) => {
    await using project = await temporaryProject(shopSystem)
    const { code, stdout, stderr } = await exporting(project, ...args)
    expect(stderr).toContain(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  },
  60_000,
)

test('a file that somebody else wrote is in the way, and stays', async () => {
  await using project = await temporaryProject(shopSystem)
  await mkdir(join(project.root, 'docs/api/shop'), { recursive: true })
  await project.write('docs/api/shop/stock.openapi.json', '{}')
  const { code, stderr } = await exporting(project, 'openapi')
  expect(stderr).toContain('stock.openapi.json: not written by npm run concordat -- export openapi shop. Remove it')
  expect(code).toBe(2)
  expect(await readFile(join(project.root, 'docs/api/shop/stock.openapi.json'), 'utf8')).toBe('{}')
}, 60_000)
