import { readdirSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gateProject, liveStock } from '#harness/gate/testing/gate-project.ts'
import type { Summary } from '#harness/gate/summary.ts'
import { processIds, readIfThere } from '#harness/stack/proc.ts'
import { describeWhen } from '#harness/stack/testing/describe-when.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { itemTest } from '#harness/testing/shop-system.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, start } from '../testing/concordat.ts'

const gateMs = 60_000

test(
  'a system in order is green, twice with the same bytes; one that drifts is red, at its field',
  async () => {
    await using project = await temporaryProject(gateProject)
    const options = { root: project.root }
    const pact = (): Promise<string> => readFile(join(project.root, 'pacts/shop/till--stock.json'), 'utf8')

    const green = await concordat(['gate'], options)
    expect(green.stdout.replace(/\d+\.\d\n/, 'N\n')).toBe(
      [
        'edges      1 of 1 declared run, 1 with a pact',
        'recorded   2 interactions',
        'static     2 of 2 compared with OpenAPI',
        'live       2 of 2 replayed',
        'mock       2 of 2 replayed',
        'scenarios  1 of 1 passed',
        'stores     shelf: a directory of its own',
        'drift      not tried',
        'ledger     1 of 1 edges proven to be replayed as they are; pacts/shop.ledger.json changed: commit with the pacts',
        'seconds    N',
        'verdict    green',
        '',
      ].join('\n'),
    )
    expect(green.stderr).toMatch(/^record +2 interactions in 1 edge +\d+\.\d s$/m)
    expect(green.code).toBe(0)
    const recorded = await pact()

    const again = await concordat(
      ['gate', '--system', 'shop', '--json', '--maxWorkers', '2', '--mutate', '--time', '2m'],
      options,
    )
    expect(JSON.parse(again.stdout)).toMatchObject({
      command: 'gate',
      ok: true,
      exitCode: 0,
      findings: [],
      verdict: 'green',
      summary: { edges: 1, recorded: 2, replayed: { live: { replayed: 2 }, mock: { replayed: 2 } } },
    })
    const { mutation } = (JSON.parse(again.stdout) as { summary: Summary }).summary
    expect(mutation.applied).toBeGreaterThan(10)
    expect(mutation).toMatchObject({ caught: mutation.applied, falseAlarms: 0, tried: mutation.of })
    expect(await pact()).toBe(recorded)
    expect(await readdir(join(project.root, '.concordat'))).toEqual([])

    await project.write('providers/shop/stock/main.ts', liveStock('thing').replace('id, name', 'id: String(id), name'))
    const red = await concordat(['gate'], options)
    expect(red.stdout).toContain(
      '✗ providers/shop/stock/stock.replay.test.ts: shop/stock on live › till -> stock › reads item 1',
    )
    expect(red.stdout).toContain('rerun: npm run concordat -- replay shop/stock --target live --only "reads item 1"')
    expect(red.stdout).toContain('live       2 of 2 replayed, 2 differ')
    expect(red.stdout).toMatch(/verdict    red: \d+ findings\n$/)
    expect(red.code).toBe(1)
  },
  3 * gateMs,
)

test(
  'faults that the consumer is to survive are counted, and red where it does not',
  async () => {
    const [first = '', ...rest] = itemTest([1, 2]).split("name: 'item' } },")
    const recording = (survives: string): string =>
      [`import { fault } from '#harness/fault/fault.ts'`, first].join('\n') +
      [`name: 'item' } }, survives: [${survives}],`, ...rest].join('')
    const file = 'consumers/shop/till/item.pact.test.ts'
    await using project = await temporaryProject({ ...gateProject, [file]: recording('fault.reset({ times: 1 })') })
    const green = await concordat(['gate'], { root: project.root })
    expect(green.stdout).toContain('\nscenarios  1 of 1 passed\nsurvival   2 of 2\n')
    expect(green.stdout).toMatch(/verdict    green\n$/)

    await project.write(file, recording('fault.reset({ times: 1 }), fault.rateLimited(30)'))
    const red = await concordat(['gate'], { root: project.root })
    expect(red.stdout).toContain(`✗ ${file}: reads item 1 › survives: 429, retry after 30 s`)
    expect(red.stdout).toContain('till: no fallback for 429 on getItem: ')
    expect(red.stdout).toContain('\nsurvival   2 of 4\n')
    expect(red.stdout).toMatch(/verdict    red: 2 findings\n$/)
    expect(red.code).toBe(1)
  },
  2 * gateMs,
)

test(
  'tests that pass and replay nothing leave it red',
  async () => {
    const idle = `test('is not about a pact', () => expect(1).toBe(1))`
    await using project = await temporaryProject({ ...gateProject, 'mocks/shop/stock.replay.test.ts': idle })
    const { code, stdout } = await concordat(['gate', '--json'], { root: project.root })
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'red',
      findings: [{ code: 'not-replayed', target: 'mock', message: 'None of its 2 interactions was replayed on mock.' }],
    })
    expect(code).toBe(1)
  },
  gateMs,
)

test(
  'a system in which nothing is recorded is 3',
  async () => {
    await using project = await temporaryProject({
      'contracts/shop/stock.ts': gateProject['contracts/shop/stock.ts'] ?? '',
      'contracts/shop/system.ts': gateProject['contracts/shop/system.ts'] ?? '',
    })
    const { code, stdout } = await concordat(['gate'], { root: project.root })
    expect(stdout).toContain('layout: shop · consumers/shop/till')
    expect(stdout).toContain('pact-missing: shop-till -> shop-stock')
    expect(stdout).toContain('verdict    nothing verified')
    expect(code).toBe(3)
  },
  gateMs,
)

const lack = process.platform === 'linux' ? undefined : 'processes are looked at in /proc, as Linux has it'

const hanging = `
import { startStack } from '#harness/scenario/stack.ts'
import { loadSystem } from '#harness/project/systems.ts'

test('never ends', async () => {
  await using stack = await startStack(await loadSystem('shop'), 'live')
  process.stderr.write('\\u001Enow it hangs at ' + stack.url('till', 'stock') + '\\n')
  await new Promise(() => undefined)
}, 100_000)
`

/** How soon all has to be gone after nobody could say good-bye. */
const orphanMs = 5_000

describeWhen(lack, 'nothing is left behind', () => {
  test.each([
    ['a gate that is green', gateProject, 0],
    [
      'a gate that is red',
      {
        ...gateProject,
        'providers/shop/stock/main.ts': liveStock('thing').replace('id, name', 'id: String(id), name'),
      },
      1,
    ],
  ])(
    'after %s',
    async (_what, files, expected) => {
      await using project = await temporaryProject(files)
      expect(await concordat(['gate'], { root: project.root })).toMatchObject({ code: expected })
      expect(processesOf(project.root)).toEqual([])
    },
    gateMs,
  )

  test.each([
    ['Ctrl-C', 'SIGINT', 130],
    ['a kill -9 of the gate', 'SIGKILL', null],
  ] as const)(
    'after %s, when live services run and a test hangs',
    async (_what, signal, expected) => {
      await using project = await temporaryProject({ ...gateProject, 'scenarios/shop/sell.scenario.test.ts': hanging })
      const { child, ended, output } = start(['gate'], { root: project.root })
      await eventually('the scenario hangs', () => output().includes('now it hangs'), gateMs)
      expect(processesOf(project.root).length).toBeGreaterThan(2)
      child.kill(signal)
      await eventually('all processes have ended', () => processesOf(project.root).length === 0, orphanMs)
      expect(await ended).toMatchObject({ code: expected })
      await eventually(
        'the folder of the run is gone',
        () => readdirSync(join(project.root, '.concordat')).length === 0,
        orphanMs,
      )
    },
    2 * gateMs,
  )

  test(
    'after a kill -9 of the test runner alone',
    async () => {
      await using project = await temporaryProject({ ...gateProject, 'scenarios/shop/sell.scenario.test.ts': hanging })
      const { child, ended, output } = start(['gate'], { root: project.root })
      await eventually('the scenario hangs', () => output().includes('now it hangs'), gateMs)
      const runner = processIds().find((pid) => isJest(pid, project.root))
      process.kill(Number(runner), 'SIGKILL')
      const gate = `${child.pid}`
      const others = (): readonly string[] => processesOf(project.root, gate)
      await eventually('all that the runner started has ended', () => others().length === 0, orphanMs)
      expect((await ended).code).toBe(1)
      expect(processesOf(project.root)).toEqual([])
    },
    2 * gateMs,
  )
})

function isJest(pid: string, root: string): boolean {
  const command = readIfThere(`/proc/${pid}/cmdline`)
  return command.includes('jest/bin/jest') && readIfThere(`/proc/${pid}/environ`).includes(root)
}

/** Processes that know this project: its path is in their environment. A warden ends when what it minds has ended. */
function processesOf(root: string, except = ''): readonly string[] {
  return processIds()
    .filter((pid) => pid !== except && readIfThere(`/proc/${pid}/environ`).includes(root))
    .map((pid) => readIfThere(`/proc/${pid}/cmdline`).replaceAll('\0', ' '))
    .filter((command) => command !== '' && !command.includes('warden-process.ts'))
}
