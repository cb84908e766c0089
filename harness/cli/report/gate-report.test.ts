import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { gateProject, liveStock } from '#harness/gate/testing/gate-project.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat } from '../testing/concordat.ts'

const gatesMs = 120_000
const files = ['comment.md', 'junit.xml', 'report.html', 'report.json', 'summary.md']

let project: TemporaryProject
beforeAll(async () => {
  project = await temporaryProject(gateProject)
})
afterAll(() => project[Symbol.asyncDispose]())

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return concordat(args, { root: project.root, env })
}

test('without a report there is no evidence, which is 3, and what to do is said', async () => {
  const { code, stdout } = await run(['status'])
  expect(code).toBe(3)
  expect(stdout).toBe(
    'Nothing is known of shop: there is no .concordat/report/report.json. Run "npm run gate -- --report .concordat/report".\n',
  )
})

test(
  'in CI a gate always writes a report, adds to the summary of the step, and annotates the lines of what is wrong',
  async () => {
    const summary = join(project.root, 'step-summary.md')
    await writeFile(summary, 'What another command said.\n')
    const github = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
    const folder = join(project.root, '.concordat/report')

    const green = await run(['gate'], github)
    expect(green.code).toBe(0)
    expect((await readdir(folder)).toSorted()).toEqual(files)
    expect(green.stdout).toMatch(/^report +\S*\.concordat\/report\/report\.html\nverdict +green$/m)
    expect(green.stdout).not.toContain('::error')
    expect(await readFile(summary, 'utf8')).toMatch(/^What another command said\.\n### Concordat: green\n/)
    const [, stop = ''] = /^::stop-commands::(\S+)$/m.exec(green.stdout) ?? []
    expect(green.stdout.trimEnd().split('\n').at(-1)).toBe(`::${stop}::`)
    const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))
    expect(report.sections.scenarios[0].tellings[0].traffic.exchanges).toMatchObject([
      { consumer: 'till', provider: 'stock', operation: 'getItem', signature: 'GET /items/{id}', status: 200 },
    ])

    const status = await run(['status'])
    expect(status.code).toBe(0)
    expect(parse(status.stdout)).toMatchObject({ shop: { integration_status: { api: 'testing', blockers: '[]' } } })

    const mistaken = liveStock('thing').replace('id, name', 'id: String(id), name')
    await project.write('providers/shop/stock/main.ts', mistaken)
    const red = await run(['gate'], github)
    expect(red.code).toBe(1)
    const [, after = ''] = red.stdout.split(/^::[\w-]{36}::$/m)
    const lines = after.trim().split('\n')
    expect(lines.length).toBeLessThanOrEqual(10)
    const consumer = 'consumers/shop/till/item.pact.test.ts,line=9'
    expect(lines[0]).toMatch(new RegExp(`^::error file=${consumer},title=Concordat%3A interaction-mismatch::`))
    expect(lines.at(-1)).toMatch(/^::error file=providers\/shop\/stock\/main\.ts,line=\d+,/)
    expect(await readFile(join(folder, 'comment.md'), 'utf8')).toContain('reads item 1, on live: same, now **differs**')
  },
  gatesMs,
)

test('a report is rendered again elsewhere, to the same bytes', async () => {
  const from = join(project.root, '.concordat/report')
  const to = join(project.root, 'again')
  const { code, stdout } = await run(['report', join(from, 'report.json'), '--out', to, '--json'])
  expect({ code, verdict: JSON.parse(stdout).verdict }).toEqual({ code: 0, verdict: 'red' })
  for (const file of files)
    expect(await readFile(join(to, file), 'utf8')).toBe(await readFile(join(from, file), 'utf8'))
})

test('the status of a system is what its last gate found, as data too', async () => {
  const { code, stdout } = await run(['status', '--json', '--system', 'shop'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'status',
    ok: true,
    report: '.concordat/report/report.json',
    systems: [{ system: 'shop', integration_status: { api: 'implementing', database: 'none' } }],
    unknown: [],
  })
})

test.each([
  ['a report that is none', ['report', 'package.json'], /package\.json cannot be read|is no report that can be read/],
  ['no report at all', ['report'], /there is nothing to render/],
  ['a comparison without a report', ['gate', '--previous', 'a.json'], /Name its folder with --report/],
  ['a comparison with what is not there', ['gate', '--report', 'x', '--previous', 'nowhere.json'], /ENOENT/],
  ['the status of a system that is none', ['status', '--system', 'bank'], /there is no system "bank"/],
  ['the status by a report that is none', ['status', '--report', 'nowhere.json'], /ENOENT/],
])('%s is 2', async (_what, args, message) => {
  const { code, stderr } = await run(args)
  expect(stderr).toMatch(message)
  expect(code).toBe(2)
})
