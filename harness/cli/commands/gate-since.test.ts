import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { gitProject, type GitProject } from '#harness/impact/testing/git-project.ts'
import { itemTest } from '#harness/testing/shop-system.ts'
import { concordat } from '../testing/concordat.ts'

const gateMs = 60_000
const system = 'contracts/shop/system.ts'
const kioskTest = (ids: readonly number[]): string => itemTest(ids).replace("'shop-till'", "'shop-kiosk'")

/** The shop with a second consumer: two edges to one provider, all recorded and committed. */
let project: GitProject
beforeAll(async () => {
  project = await gitProject({
    ...gateProject,
    [system]: (gateProject[system] ?? '')
      .replace('components: {', 'components: { kiosk: { environment: {} },')
      .replace('edges: [', `edges: [{ consumer: 'kiosk', provider: 'stock' }, `)
      .replace(`'stock', 'till'`, `'stock', 'till', 'kiosk'`),
    'consumers/shop/kiosk/item.pact.test.ts': kioskTest([1, 2, 3]),
  })
  await concordat(['gate'], { root: project.root })
  await project.commit('pacts')
}, gateMs)
afterAll(() => project[Symbol.asyncDispose]())

async function gate(...args: readonly string[]) {
  const ended = await concordat(['gate', ...args], { root: project.root })
  return { ...ended, stdout: ended.stdout.replace(/\d+\.\d\n/, 'N\n').replace(/\([0-9a-f]{12}\)/, '(commit)') }
}

test(
  "a change of one consumer's test runs its edge alone, and says what was left out",
  async () => {
    await project.write('consumers/shop/kiosk/item.pact.test.ts', kioskTest([1, 4]))
    const { stdout, stderr, code } = await gate('--since', 'main')
    expect(stdout).toBe(
      [
        'since      main (commit): 1 changed file',
        'runs       shop/kiosk -> stock',
        '             consumers/shop/kiosk/item.pact.test.ts: what records it',
        'left out   1 of 2 edges, 1 of 1 scenario file. Nothing that these edges and stories depend on changed; drifts and containers have their turn in the full gate.',
        '',
        'edges      1 of 2 declared run, 2 with a pact',
        'recorded   2 interactions',
        'static     2 of 2 compared with OpenAPI',
        'live       2 of 2 replayed',
        'mock       2 of 2 replayed',
        'scenarios  0 of 0 passed',
        'stores     shelf: a directory of its own',
        'drift      not tried',
        'ledger     2 of 2 edges proven to be replayed as they are; pacts/shop.ledger.json changed: commit with the pacts',
        'seconds    N',
        'verdict    green',
        '',
      ].join('\n'),
    )
    expect(stderr).toMatch(/^record +2 interactions in 1 edge /m)
    expect(stderr).toMatch(/^replay +\d+ tests, 0 failed /m)
    expect(code).toBe(0)
    await project.commit('kiosk')
  },
  gateMs,
)

test(
  'where nothing changed nothing runs, and that is green; as data too',
  async () => {
    await project.write('docs/guide.md', 'Sell things.')
    const { stdout, code } = await gate('--since', 'HEAD', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'green',
      since: { ref: 'HEAD', changed: ['docs/guide.md'] },
      affected: [],
      leftOut: { edges: ['shop/kiosk--stock', 'shop/till--stock'], scenarios: { files: 1, of: 1 } },
      summary: { edges: 0, declared: 2 },
    })
  },
  gateMs,
)

test(
  'an edge that nothing changed for runs where no ledger proves that it was replayed as it is',
  async () => {
    const ledger = JSON.parse(await readFile(join(project.root, 'pacts/shop.ledger.json'), 'utf8')) as {
      edges: Record<string, { replayed: Record<string, string> }>
    }
    ledger.edges['till--stock']!.replayed['live'] = '0123456789abcdef'
    await project.write('pacts/shop.ledger.json', JSON.stringify(ledger))
    const { stdout, code } = await gate('--since', 'HEAD')
    expect(stdout).toContain(
      'runs       shop/till -> stock\n             pacts/shop.ledger.json: it was not replayed as it is: its live provider\n',
    )
    expect(stdout).toContain('edges      1 of 2 declared run, 2 with a pact\n')
    expect(stdout).toContain(
      'ledger     2 of 2 edges proven to be replayed as they are; pacts/shop.ledger.json changed',
    )
    expect(code).toBe(0)
    expect(await project.git('diff', '--stat', '--', 'pacts')).toBe('')
  },
  gateMs,
)

test(
  'what nobody knows runs everything',
  async () => {
    await project.write('settings.toml', '')
    const { stdout } = await gate('--since', 'HEAD')
    expect(stdout).toContain('settings.toml: nobody knows what depends on it\nleft out   nothing\n')
    expect(stdout).toContain('edges      2 of 2 declared run, 2 with a pact\n')
    expect(stdout).toContain('scenarios  1 of 1 passed\n')
    await project.commit('settings')
  },
  gateMs,
)

test(
  'an edge that a changed test records as well is replayed, though its pact does not name that test yet',
  async () => {
    const both = `${kioskTest([1, 4])}\nconsumer('shop-till').of(stock)`
    await project.write(
      'consumers/shop/kiosk/item.pact.test.ts',
      `${both}.records('reads item 9', {
        given: [stock.states.itemExists({ id: 9 })],
        call: stock.getItem({ params: { id: 9 } }),
        reply: { status: 200, body: { id: exactly(9), name: 'item' } },
      }, async ({ url }) => void (await client(stock, { baseUrl: url }).getItem({ params: { id: 9 } })).body.id)`,
    )
    const { stdout, code } = await gate('--since', 'HEAD')
    expect(stdout).toContain('pacts/shop/till--stock.json: a test of another edge recorded it anew')
    expect(stdout).toContain(
      'edges      2 of 2 declared run, 2 with a pact\nrecorded   5 interactions\nstatic     5 of 5 compared with OpenAPI\nlive       5 of 5 replayed\n',
    )
    expect(code).toBe(0)
    await project.commit('both')
  },
  gateMs,
)

test('a pact that contradicts the contract ends it before anything is started', async () => {
  const contract = 'contracts/shop/stock.ts'
  const text = await readFile(join(project.root, contract), 'utf8')
  await project.write(contract, text.replace('name: z.string()', 'name: z.int()'))
  const { stdout, stderr, code } = await gate()
  expect(stdout).toMatch(/^pact-outside-contract: shop-till -> shop-stock · reads item 1 · \$\.response\.body\.name$/m)
  expect(stdout).toContain('edges      0 of 2 declared run, 2 with a pact\n')
  expect(stdout).toMatch(/^static +(\d) of \1 compared with OpenAPI$/m)
  expect(stdout).toMatch(/^verdict +red: \d findings; nothing was started, as the pacts contradict the contracts$/m)
  expect(stderr).not.toMatch(/^(record|replay|stores)/m)
  expect(code).toBe(1)
  await project.write(contract, text)
})

test('a ref that is not there is a usage error, before anything is started', async () => {
  const { stdout, stderr, code, milliseconds } = await gate('--since', 'origin/main')
  expect(stderr).toContain('--since origin/main: there is no such commit here. Fetch it (git fetch origin)')
  expect(stdout).toBe('')
  expect(code).toBe(2)
  expect(milliseconds).toBeLessThan(10_000)
})
