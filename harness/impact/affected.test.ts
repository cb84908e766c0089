import { temporaryProject } from '#harness/testing/temporary-project.ts'
import { marketSystem } from './testing/market-system.ts'

// The project's folder is read when the harness is loaded.
const project = await temporaryProject(marketSystem)
process.env['CONCORDAT_ROOT'] = project.root
const { loadSystem } = await import('#harness/project/systems.ts')
const { edgeKey } = await import('#harness/project/selected-edges.ts')
const { edgeInputs } = await import('./edge-inputs.ts')
const { affectedEdges } = await import('./affected-edges.ts')
const { scenarioReasons } = await import('./affected-scenarios.ts')
const { closureOver } = await import('./closure.ts')
afterAll(() => project[Symbol.asyncDispose]())

const inputs = await edgeInputs(await loadSystem('market'))
const closure = closureOver(project.root)
const stories = ['buy', 'pay', 'drift-live']

/** What runs after a change of one file: `edges | stories`. */
function runs(path: string): string {
  const edges = affectedEdges([path], inputs)
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ inputs: { system, edge } }) => edgeKey(system.name, edge).replace('market/', ''))
  const told = stories.filter(
    (story) =>
      scenarioReasons(`scenarios/market/${story}.scenario.test.ts`, [path], { closure, systems: ['market'] }).length >
      0,
  )
  return `${edges.join(' ')} | ${told.join(' ')}`
}

const all = 'till--stock till--bank app--stock bank--stock'

test.each([
  ['consumers/market/till/stock.pact.test.ts', 'till--stock | '],
  ['consumers/market/till/testing/words.ts', 'till--stock | '],
  ['consumers/market/till/stock-client.ts', 'till--stock | buy pay'],
  ['consumers/market/till/stock-client.test.ts', ' | '],
  ['consumers/market/shared/client.ts', 'till--stock | buy pay'],
  ['pacts/market/till--stock.json', 'till--stock | '],
  ['pacts/market.ledger.json', ' | '],
  ['contracts/market/accepted-breaks.json', ' | '],
])('one consumer alone: %s', (path, expected) => expect(runs(path)).toBe(expected))

test('what no test imports counts for its component: pages, programs in other languages, files that are gone', () => {
  expect(runs('consumers/market/app/page.tsx')).toBe('app--stock | buy pay')
  expect(runs('consumers/market/till/calls.py')).toBe('till--stock till--bank | buy pay')
  expect(runs('consumers/market/till/removed.ts')).toBe('till--stock till--bank | buy pay')
})

test.each([
  ['contracts/market/money.ts', 'till--bank | buy pay'],
  ['contracts/market/bank.ts', 'till--bank | buy pay'],
  ['contracts/market/shapes.ts', `${all} | buy pay`],
  ['contracts/market/ports.ts', `${all} | buy pay`],
  ['contracts/market/system.ts', `${all} | buy pay`],
  ['contracts/market/new.ts', `${all} | buy pay`],
])('a contract counts for the edges that end at its component: %s', (path, expected) =>
  expect(runs(path)).toBe(expected),
)

test.each([
  ['providers/market/stock/main.ts', 'till--stock app--stock bank--stock | buy pay'],
  ['providers/market/stock/migrations/001.sql', 'till--stock app--stock bank--stock | buy pay'],
  ['providers/market/stock/main.test.ts', ' | '],
  ['providers/market/stock/stock.replay.test.ts', 'till--stock app--stock bank--stock | '],
  // A live provider calls with the client of its own component, and what it calls are mocks.
  ['consumers/market/bank/stock-client.ts', 'till--bank bank--stock | buy pay'],
  ['mocks/market/stock/memory.ts', `${all} | buy pay`],
  ['mocks/market/shared/clock.ts', 'till--bank | buy pay'],
  ['mocks/market/bank.replay.test.ts', 'till--bank | '],
])('a provider, or its mock: %s', (path, expected) => expect(runs(path)).toBe(expected))

test('a story counts for itself, and so does a suite of drifts', () => {
  expect(runs('scenarios/market/steps.ts')).toBe(' | buy')
  expect(runs('scenarios/market/pay.scenario.test.ts')).toBe(' | pay')
  expect(runs('scenarios/market/drifts/all.ts')).toBe(' | drift-live')
})

test('what nobody knows counts for everything; text counts for nothing', () => {
  const everything = `${all} | buy pay drift-live`
  expect(['harness/pact/replay/replay.ts', 'package-lock.json', 'new-folder/x', '../other/x'].map(runs)).toEqual(
    Array(4).fill(everything),
  )
  expect(runs('contracts/other-system/x.ts')).toBe(everything)
  expect(['README.md', 'docs/guide.md', 'LICENSE', 'harness/pact/replay/replay.test.ts'].map(runs)).toEqual(
    Array(4).fill(' | '),
  )
  expect(runs('clients/market/python/client.py')).toBe(`${all} | buy pay`)
})
