import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pagesProject } from '#harness/browser/testing/pages-project.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat } from '../testing/concordat.ts'

let project: TemporaryProject
beforeAll(async () => {
  project = await temporaryProject(pagesProject)
})
afterAll(() => project[Symbol.asyncDispose]())

test('pages are built into static files, with the addresses out of the environment', async () => {
  const env = { STOCK_URL: 'https://stock.test' }
  const { code, stdout, stderr } = await concordat(['build', 'shop'], { root: project.root, env })
  const folder = join(project.root, '.concordat', 'app', 'shop', 'till')
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: `built shop/till into ${folder} with STOCK_URL=https://stock.test\n`,
    stderr: '',
  })
  const [script = ''] = (await readdir(join(folder, 'assets'))).filter((name) => name.endsWith('.js'))
  expect(await readFile(join(folder, 'assets', script), 'utf8')).toContain('https://stock.test')
  expect(await readFile(join(folder, 'index.html'), 'utf8')).toContain(script)
}, 30_000)

test('an address that is none is a usage error', async () => {
  const { code, stderr } = await concordat(['build', 'shop'], { root: project.root, env: { STOCK_URL: 'stock' } })
  expect(stderr).toMatch(/^STOCK_URL: .*Correct it\.\n$/)
  expect(code).toBe(2)
})

test('a system without pages is a usage error', async () => {
  await using mute = await temporaryProject({
    'contracts/shop/system.ts': pagesProject['contracts/shop/system.ts'] ?? '',
    'contracts/shop/stock.ts': pagesProject['contracts/shop/stock.ts'] ?? '',
  })
  const { code, stderr } = await concordat(['build', 'shop'], { root: mute.root })
  expect(stderr).toContain('shop has no pages: write them in consumers/shop/<component>/app/index.html.')
  expect(code).toBe(2)
})

test('a folder with files of somebody else is a usage error, and stays as it is', async () => {
  const { code, stderr } = await concordat(['build', 'shop', '--out', project.root], { root: project.root })
  expect(stderr).toMatch(/^--out \S+ has files that are no build of pages, and would be emptied/)
  expect(code).toBe(2)
  expect(await readdir(project.root)).toContain('contracts')
})

test('with --json it says where the pages are', async () => {
  const { code, stdout } = await concordat(['build', 'shop', '--json'], { root: project.root })
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'build',
    ok: true,
    folder: join(project.root, '.concordat/app/shop/till'),
  })
  expect(code).toBe(0)
})
