import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readResults, resultsVariable } from '#harness/project/results.ts'
import { runNode, type Ran } from '#harness/testing/run.ts'
import { shopSystem } from '#harness/testing/shop-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'

/** Enough for a Jest of its own on a busy machine. */
const busyMs = 120_000

let results: string
beforeEach(async () => (results = await mkdtemp(join(tmpdir(), 'survival-test-'))))
afterEach(() => rm(results, { recursive: true }))

/** A consumer test that records one interaction, which survives these. */
function consumerTest(survives: string): string {
  return `
import { client } from '#harness/client/client.ts'
import { fault } from '#harness/fault/fault.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { stock } from '#contracts/shop/stock.ts'

const read = ({ url }) => client(stock, { baseUrl: url, retries: 1, retryDelayMs: 1 }).getItem({ params: { id: 1 } })
consumer('shop-till').of(stock).records('reads an item', {
  call: stock.getItem({ params: { id: 1 } }),
  reply: { status: 200, body: { id: 1, name: 'Tea' } },
  survives: [${survives}],
}, async (api) => {
  expect((await read(api)).body).toEqual({ id: 1, name: 'Tea' })
})
`
}

function run({ root }: TemporaryProject, ...args: readonly string[]): Promise<Ran> {
  const env = {
    CONCORDAT_ROOT: root,
    [resultsVariable]: results,
    NODE_OPTIONS: '--experimental-vm-modules --no-warnings',
  }
  return runNode(['node_modules/jest/bin/jest.js', '--verbose', ...args], { cwd: root, env })
}

function projectWith(survives: string): Promise<TemporaryProject> {
  return temporaryProject({ ...shopSystem, 'consumers/shop/till/items.pact.test.ts': consumerTest(survives) })
}

async function interactionsOf({ root }: TemporaryProject): Promise<unknown> {
  const text = await readFile(join(root, 'pacts/shop/till--stock.json'), 'utf8')
  return (JSON.parse(text) as { interactions: unknown }).interactions
}

test(
  'each fault is a test of its own that keeps a result, and nothing of it is in the pact',
  async () => {
    await using project = await projectWith(`
      fault.reset({ times: 1 }),
      { fault: fault.status(503), outcome: (api) => expect(read(api)).rejects.toMatchObject({ status: 503 }) },
    `)
    const { code, output } = await run(project)
    expect(output).toContain('✓ survives: connection reset, once')
    expect(output).toContain('✓ survives: 503')
    expect([code, output]).toEqual([0, expect.stringContaining('3 passed, 3 total')])
    const common = { kind: 'survival', system: 'shop', edge: 'till -> stock', operation: 'getItem', survived: true }
    const kept = await readResults(results)
    expect(kept).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...common, interaction: 'reads an item', fault: 'connection reset, once' }),
        expect.objectContaining({ ...common, interaction: 'reads an item', fault: '503' }),
      ]),
    )
    expect(kept).toHaveLength(2)
    const recorded = await interactionsOf(project)
    expect(recorded).toEqual([expect.objectContaining({ description: 'reads an item' })])
    expect(JSON.stringify(recorded)).not.toMatch(/survive|reset|503/)
  },
  busyMs,
)

test(
  'one that is not survived fails in words that say who has no fallback for what',
  async () => {
    await using project = await projectWith('fault.reset({ times: 1 }), fault.rateLimited(30)')
    const { code, output } = await run(project, '-t', 'survives: 429')
    expect(code).toBe(1)
    expect(output).toMatch(
      /till: no fallback for 429 on getItem: getItem \(GET \/items\/\{id\}\): .*429.*\. Let the client survive it, or say in "survives"/,
    )
    expect(await readResults(results)).toEqual([
      expect.objectContaining({
        survived: false,
        fault: '429, retry after 30 s',
        detail: expect.stringMatching(/^till: no fallback for 429 on getItem: /),
      }),
    ])
  },
  busyMs,
)

test(
  'a fault that is declared twice is a mistake of the test file',
  async () => {
    await using project = await projectWith('fault.hang(), fault.hang()')
    const { code, output } = await run(project)
    expect(code).toBe(1)
    expect(output).toContain('"reads an item" survives no answer twice. Declare each fault once.')
  },
  busyMs,
)
