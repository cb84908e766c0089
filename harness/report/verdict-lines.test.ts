import {
  finding,
  mutationRun,
  replayRun,
  survivalOf,
  testOf,
  wellDone,
  interactions,
} from '#harness/gate/testing/evidence.ts'
import { verdictOf } from '#harness/gate/verdict.ts'
import { verdictLines } from './verdict-lines.ts'

function text(evidence: typeof wellDone): string {
  return verdictLines(verdictOf(evidence)).join('\n')
}

test('the last lines are the gate in figures and the verdict, without colours where nobody sees them', () => {
  expect(text(wellDone).split('\n').slice(-10)).toEqual([
    'edges      1 of 1 declared run, 1 with a pact',
    'recorded   2 interactions',
    'static     2 of 2 compared with OpenAPI',
    'live       2 of 2 replayed',
    'mock       2 of 2 replayed',
    'scenarios  1 of 1 passed',
    'stores     database: PostgreSQL 17',
    'drift      1/1 caught, 0/1 false alarms',
    'seconds    12.3',
    'verdict    green',
  ])
})

test('what was replayed elsewhere and measured under load has a line of its own', () => {
  const load = {
    kind: 'load',
    system: 'shop',
    name: '200 customers',
    figures: [
      { name: 'throughput', value: 512.34, unit: 'items/s' },
      { name: 'sold', value: 2000, unit: '' },
    ],
  } as const
  const lines = text({ ...wellDone, results: [...wellDone.results, replayRun('compose'), load] })
  expect(lines).toContain('\ncompose    2 of 2 replayed\n')
  expect(lines).toContain('\nload       200 customers: throughput 512 items/s, sold 2000\n')
})

test('faults that were survived are counted, where any were tried', () => {
  const results = [...wellDone.results, survivalOf(), survivalOf({ fault: '429' })]
  expect(text({ ...wellDone, results })).toContain('\nscenarios  1 of 1 passed\nsurvival   2 of 2\nstores ')
  const lost = survivalOf({ fault: '503', survived: false, detail: 'page: no fallback for 503 on getBook' })
  const lines = text({ ...wellDone, results: [...results, lost] })
  expect(lines).toContain('\nsurvival   2 of 3\n')
  expect(lines).toContain('    page: no fallback for 503 on getBook. Let the client survive it')
  expect(lines).toMatch(/verdict    red: 1 finding$/)
})

test('mutants have a line of their own, where any were tried, and survivors are findings', () => {
  const tried = (...results: ReturnType<typeof mutationRun>[]): string =>
    text({ ...wellDone, results: [...wellDone.results, ...results] })
  expect(tried(mutationRun(), mutationRun({ edge: 'till -> stock' }))).toContain(
    '\nmutation   40/40 caught, 0/20 false alarms\n',
  )
  const survivor = {
    title: 'C18 getBook 200 $.title emptied',
    class: 'C18',
    operation: 'getBook',
    place: '200 $.title',
    interaction: 'reads a book',
    severity: 'error',
    advice: 'Mark title in the example.',
    where: 'page.pact.test.ts:7',
  } as const
  const lines = tried(mutationRun({ caught: 19, of: 40, survivors: [survivor] }))
  expect(lines).toContain('\nmutation   19/20 caught, 0/10 false alarms, 30 of 40 tried\n')
  expect(lines).toContain('mutation-survived: page -> catalogue · reads a book · 200 $.title · on live')
  expect(lines).toContain('Mark title in the example. Recorded at page.pact.test.ts:7.')
  expect(lines).toMatch(/verdict    red: 1 finding$/)
  const weak = tried(mutationRun({ caught: 19, survivors: [{ ...survivor, severity: 'warning' }] }))
  expect(weak).toMatch(/^warning mutation-survived: A provider that drifts like this passes: C18 getBook/m)
  expect(weak).toMatch(/verdict    green$/)
  const alarm = { ...survivor, title: 'C8 getBook 200 $.pages removed', detail: 'It is so.' }
  expect(tried(mutationRun({ falseAlarms: 1, alarms: [alarm] }))).toContain(
    'The replay took this harmless change for a drift: C8 getBook 200 $.pages removed. It said: It is so.',
  )
})

test('what was replayed elsewhere only in part, or differs there, is red', () => {
  const [first] = interactions
  const part = replayRun('compose', { interactions: [{ ...first!, findings: [finding('interaction-mismatch')] }] })
  const lines = text({ ...wellDone, results: [...wellDone.results, part] })
  expect(lines).toContain('\ncompose    1 of 2 replayed, 1 differ\n')
  expect(lines).toMatch(/verdict    red: 2 findings$/)
})

test('what no pact uses is one line each', () => {
  expect(text(wellDone)).toMatch(
    /^warning operation-unrecorded: No pact uses library\.addBook, so nothing keeps it as it is\.$/m,
  )
})

test('a failed test is told with what it said, and its findings not a second time', () => {
  const mismatch = finding('interaction-mismatch', {
    interaction: 'reads a book',
    target: 'live',
    message: 'Told by the finding.',
  })
  const differing = [
    { ...interactions[0]!, findings: [] },
    { ...interactions[1]!, findings: [mismatch] },
  ]
  const lines = text({
    ...wellDone,
    results: [replayRun('live', { interactions: differing }), replayRun('mock')],
    tests: { tests: [testOf({ message: 'Told by the test.\n  rerun: …' })], problems: [] },
  })
  expect(lines).toContain(
    ': shop/catalogue on live › page -> catalogue › reads a book\n  Told by the test.\n    rerun: …\n',
  )
  expect(lines).not.toContain('Told by the finding.')
  expect(lines).toContain('live       2 of 2 replayed, 1 differ\n')
  expect(lines).toMatch(/verdict    red: 1 finding$/)
})

test('a finding that no test tells of is told by itself', () => {
  const lines = text({ ...wellDone, findings: [finding('layout', { path: 'mocks/shpo' })] })
  expect(lines).toContain('layout: mocks/shpo\n    It is so. Change it.\n')
  expect(lines).toMatch(/verdict    red: 1 finding$/)
})

test('of many failures the first are told in full', () => {
  const tests = Array.from({ length: 35 }, (_, index) =>
    testOf({ title: `test ${index}`, message: `failure ${index}` }),
  )
  const lines = text({ ...wellDone, tests: { tests, problems: [] } })
  expect(lines).toContain('failure 29')
  expect(lines).not.toContain('failure 30\n')
  expect(lines).toContain('… and 5 more failures. See all with --json.')
})

test('where nothing was verified, it says so', () => {
  expect(text({ ...wellDone, edges: [], results: [] })).toMatch(
    /drift      not tried\nseconds    12\.3\nverdict    nothing verified: there is no interaction to replay; 0 findings$/,
  )
})
