import type { ScenarioResult, ToldCalls } from '#harness/project/results.ts'
import type { GateEvidence } from './evidence.ts'
import type { TestOutcome } from './jest-outcome.ts'
import {
  driftRun,
  edge,
  testOf,
  finding,
  interactions,
  replayRun,
  story,
  survivalOf,
  wellDone,
  withResults,
} from './testing/evidence.ts'
import { verdictOf } from './verdict.ts'

/** Errors as `code: message`. */
function errors(evidence: GateEvidence): readonly string[] {
  const { findings } = verdictOf(evidence)
  return findings.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`)
}

function withTests(...tests: readonly TestOutcome[]): GateEvidence {
  return { ...wellDone, tests: { tests, problems: [] } }
}

test('what was recorded, replayed on live and mock, told and tried is green', () => {
  const verdict = verdictOf(wellDone)
  expect(verdict.kind).toBe('green')
  expect(errors(wellDone)).toEqual([])
  expect(verdict.summary).toEqual({
    edges: 1,
    declared: 1,
    withPact: 1,
    uncovered: [],
    recorded: 2,
    compared: { checked: 2, skipped: 0 },
    replayed: { live: { replayed: 2, differing: 0 }, mock: { replayed: 2, differing: 0 } },
    alsoReplayed: [],
    load: [],
    mutation: { applied: 0, caught: 0, falseAlarms: 0, harmless: 0, of: 0, tried: 0 },
    scenarios: { told: 1, passed: 1 },
    survival: { tried: 0, survived: 0 },
    stores: ['database: PostgreSQL 17'],
    drift: { applied: 1, caught: 1, harmless: 1, falseAlarms: 0 },
    seconds: 12.34,
  })
})

test('what scenarios call and no pact has is told, and harms nobody', () => {
  const call = (consumer: string, operation: string): ToldCalls => ({
    consumer,
    provider: 'catalogue',
    operation,
    signature: operation,
    count: 1,
  })
  const calls = [call('page', 'getBook'), call('page', 'addBook'), call('anyone', 'removeBook')]
  const told = { ...(story as ScenarioResult), traffic: { exchanges: [], left: 0, calls } }
  const verdict = verdictOf(withResults(replayRun('live'), replayRun('mock'), driftRun(), told))
  expect(verdict.summary.uncovered).toEqual([{ system: 'shop', edge: 'page -> catalogue', operation: 'addBook' }])
  expect(verdict.kind).toBe('green')
})

describe('nothing verified', () => {
  test('without an edge', () => {
    expect(verdictOf({ ...wellDone, edges: [] }).kind).toBe('nothing verified')
  })

  test('without an interaction in any pact', () => {
    const empty = {
      ...edge,
      pact: { kind: 'read', interactions: [], findings: [finding('nothing-to-replay')] },
    } as const
    expect(verdictOf({ ...wellDone, edges: [empty] }).kind).toBe('nothing verified')
    expect(verdictOf({ ...wellDone, edges: [{ ...edge, pact: { kind: 'missing' } }] }).kind).toBe('nothing verified')
  })
})

describe('an affected run', () => {
  const left = { ...edge, edge: { consumer: 'till', provider: 'catalogue' } }
  const key = new Set(['shop/page--catalogue'])
  const ran = { recorded: key, replayed: key }

  test('asks for no replay of an edge that was left out, and counts it', () => {
    const verdict = verdictOf({ ...wellDone, edges: [edge, left], ran })
    expect(verdict).toMatchObject({ kind: 'green', summary: { edges: 1, declared: 2, recorded: 2 } })
    expect(verdictOf({ ...wellDone, edges: [edge, left] }).kind).toBe('red')
  })

  test('is red by what is wrong with the pact of one that was left out', () => {
    expect(verdictOf({ ...wellDone, edges: [edge, { ...left, pact: { kind: 'missing' } }], ran }).kind).toBe('red')
  })

  test('of no edge at all is green, as nothing is affected', () => {
    const nothing = { recorded: new Set<string>(), replayed: new Set<string>() }
    expect(verdictOf({ ...wellDone, ran: nothing, results: [] }).kind).toBe('green')
  })
})

describe('red by the pacts', () => {
  const contradicting = {
    ...wellDone,
    checks: [{ edge: 'shop/page--catalogue', checked: 2, skipped: 0, findings: [finding('pact-outside-contract')] }],
  }

  test('one that contradicts the contract', () => {
    expect(errors(contradicting)).toEqual(['pact-outside-contract: It is so.'])
  })

  test('where nothing was started for that, nothing else is said of what did not run', () => {
    const verdict = verdictOf({ ...contradicting, stopped: true, results: [] })
    expect(verdict).toMatchObject({ kind: 'red', stopped: true, findings: [{ code: 'pact-outside-contract' }] })
    expect(verdict.findings).toHaveLength(1)
  })

  test('an edge without a pact, beside one that has one', () => {
    const other = { ...edge, edge: { consumer: 'till', provider: 'catalogue' }, pact: { kind: 'missing' } } as const
    const evidence = { ...wellDone, edges: [edge, other] }
    expect(verdictOf(evidence).kind).toBe('red')
    expect(errors(evidence)).toEqual(['pact-missing: The edge is declared and has no pact.'])
  })

  test('a pact that cannot be read', () => {
    const other = { ...edge, edge: { consumer: 'till', provider: 'catalogue' } }
    const evidence = {
      ...wellDone,
      edges: [edge, { ...other, pact: { kind: 'invalid', message: 'No JSON.' } as const }],
    }
    expect(errors(evidence)).toEqual(['pact-invalid: No JSON.'])
  })

  test('what the lint found', () => {
    const pact = { kind: 'read', interactions, findings: [finding('pact-stale')] } as const
    expect(errors({ ...wellDone, edges: [{ ...edge, pact }] })).toEqual(['pact-stale: It is so.'])
  })

  test('what recording refused', () => {
    const [published] = wellDone.recorded.published
    const recorded = { ...wellDone.recorded, published: [{ ...published!, findings: [finding('pact-conflict')] }] }
    expect(errors({ ...wellDone, recorded })).toEqual(['pact-conflict: It is so.'])
  })

  test('interactions that no test of this run recorded', () => {
    const [published] = wellDone.recorded.published
    const evidence = { ...wellDone, recorded: { ...wellDone.recorded, published: [{ ...published!, recorded: 1 }] } }
    expect(errors(evidence)).toEqual(['pact-stale: 1 of its 2 interactions were recorded by no test of this run.'])
    const silent = { ...wellDone, recorded: { ...wellDone.recorded, published: [] } }
    expect(errors(silent)).toEqual(['pact-stale: 2 of its 2 interactions were recorded by no test of this run.'])
  })

  test('layout, and pacts that no edge claims', () => {
    const findings = [finding('layout'), finding('pact-unclaimed')]
    expect(errors({ ...wellDone, findings })).toEqual(['layout: It is so.', 'pact-unclaimed: It is so.'])
  })
})

describe('red by the replays', () => {
  test.each(['live', 'mock'])('nobody replayed on %s', (target) => {
    const results = wellDone.results.filter((result) => result.kind !== 'replay' || result.target !== target)
    const evidence = withResults(...results)
    expect(verdictOf(evidence).kind).toBe('red')
    expect(errors(evidence)).toEqual([`not-replayed: None of its 2 interactions was replayed on ${target}.`])
    expect(verdictOf(evidence).summary.replayed).toMatchObject({ [target]: { replayed: 0, differing: 0 } })
  })

  test('no stage kept anything at all, and all tests passed', () => {
    const evidence = { ...withResults(), tests: { tests: [testOf({ status: 'passed' })], problems: [] } }
    expect(verdictOf(evidence).kind).toBe('red')
    expect(errors(evidence)).toHaveLength(2)
  })

  test('one interaction was left out', () => {
    const { findings, summary } = verdictOf(
      withResults(replayRun('live'), replayRun('mock', { interactions: [{ ...interactions[0]!, findings: [] }] })),
    )
    expect(findings[0]).toMatchObject({
      code: 'not-replayed',
      edge: 'shop-page -> library',
      interaction: 'reads a book',
      target: 'mock',
    })
    expect(summary.replayed.mock).toEqual({ replayed: 1, differing: 0 })
  })

  test('of two interactions with one description, in different states, one was left out', () => {
    const twice = [interactions[0]!, interactions[0]!]
    const evidence = {
      ...withResults(replayRun('live'), replayRun('mock', { interactions: [{ ...interactions[0]!, findings: [] }] })),
      edges: [{ ...edge, pact: { kind: 'read', interactions: twice, findings: [] } as const }],
    }
    expect(verdictOf(evidence).summary.replayed.mock.replayed).toBe(1)
    expect(errors(evidence)).toContain('not-replayed: It was not replayed on mock.')
  })

  test('another edge, another system or a URL was replayed in its place', () => {
    const mock = replayRun('mock')
    for (const changes of [{ edge: 'till -> catalogue' }, { system: 'store' }, { target: 'http://127.0.0.1:1' }]) {
      expect(errors(withResults(mock, replayRun('live', changes)))).toEqual([
        'not-replayed: None of its 2 interactions was replayed on live.',
      ])
    }
  })

  test('an interaction differs', () => {
    const mismatch = finding('interaction-mismatch', { interaction: 'reads a book', target: 'live' })
    const differing = [
      { ...interactions[0]!, findings: [] },
      { ...interactions[1]!, findings: [mismatch] },
    ]
    const evidence = withResults(replayRun('live', { interactions: differing }), replayRun('mock'))
    expect(verdictOf(evidence).kind).toBe('red')
    expect(errors(evidence)).toEqual(['interaction-mismatch: It is so.'])
    expect(verdictOf(evidence).summary.replayed.live).toEqual({ replayed: 2, differing: 1 })
  })
})

describe('red by tests', () => {
  test('a failed test is a finding, with its file and its name', () => {
    const { kind, findings } = verdictOf(withTests(testOf()))
    expect(kind).toBe('red')
    expect(findings[0]).toMatchObject({
      code: 'test-failed',
      path: expect.stringContaining('shop/catalogue.replay.test.ts'),
      message: '"shop/catalogue on live › page -> catalogue › reads a book" failed: Error: it is not so',
    })
  })

  test('a failed consumer test is one too', () => {
    const tests = { tests: [testOf({ file: '/shop/list.pact.test.ts', blocks: [] })], problems: [] }
    expect(errors({ ...wellDone, recorded: { ...wellDone.recorded, tests } })).toEqual([
      'test-failed: "reads a book" failed: Error: it is not so',
    ])
  })

  test('tests of a file that failed alike are one finding', () => {
    const evidence = withTests(testOf({ title: 'a' }), testOf({ title: 'b' }), testOf({ title: 'c' }))
    expect(errors(evidence)).toEqual([
      'test-failed: "shop/catalogue on live › page -> catalogue › a" and 2 more failed: Error: it is not so',
    ])
    expect(verdictOf(evidence).failures).toHaveLength(1)
  })

  test('a file that could not run is a finding', () => {
    const problems = [
      { file: '/shop/buy.scenario.test.ts', message: 'Cannot find module x\nmore' },
      { file: undefined, message: 'Jest ended with 1 and gave no results:\nout of memory' },
    ]
    expect(errors({ ...wellDone, tests: { tests: [], problems } })).toEqual([
      'test-failed: Cannot find module x',
      'test-failed: Jest ended with 1 and gave no results:',
    ])
  })

  test('what a stage found is not reported a second time for its test', () => {
    const mismatch = finding('interaction-mismatch', { interaction: 'reads a book', target: 'live' })
    const run = replayRun('live', {
      interactions: [interactions[0]!, interactions[1]!].map((one, index) => ({
        ...one,
        findings: index === 1 ? [mismatch] : [],
      })),
    })
    const results = [run, replayRun('mock')]
    const verdict = verdictOf({ ...withTests(testOf()), results })
    expect(verdict.findings.filter(({ severity }) => severity === 'error')).toEqual([mismatch])
    expect(verdict.failures[0]?.findings).toEqual([mismatch])
    const onMock = testOf({ blocks: ['shop/catalogue on mock', 'page -> catalogue'] })
    expect(errors({ ...withTests(onMock), results })).toEqual([
      'interaction-mismatch: It is so.',
      expect.stringMatching(/^test-failed: "shop\/catalogue on mock/),
    ])
  })

  test('the lint of a pact is not reported a second time for the test that lints', () => {
    const pact = { kind: 'read', interactions, findings: [finding('pact-stale')] } as const
    const evidence = {
      ...withTests(testOf({ title: 'has a pact that is as new as its tests' })),
      edges: [{ ...edge, pact }],
    }
    expect(errors(evidence)).toEqual(['pact-stale: It is so.'])
  })

  test('a story that failed', () => {
    const failed = { ...story, passed: false } as typeof story
    const told = testOf({ blocks: ['shop on mock'], title: 'buys a book' })
    const results = [replayRun('live'), replayRun('mock'), failed]
    expect(errors({ ...withTests(told), results })).toEqual([
      'test-failed: "shop on mock › buys a book" failed: Error: it is not so',
    ])
    expect(errors(withResults(...results))).toEqual([
      'test-failed: "shop on mock › buys a book" failed, and no test says so.',
    ])
    expect(verdictOf(withResults(...results)).summary.scenarios).toEqual({ told: 1, passed: 0 })
  })
})

describe('survival', () => {
  const replayed = [replayRun('live'), replayRun('mock'), survivalOf()]
  const detail = 'page: no fallback for connection reset on getBook: no whole answer'
  const lost = survivalOf({ interaction: 'lists books', survived: false, detail })

  test('is counted', () => {
    const { kind, summary } = verdictOf(withResults(...replayed))
    expect([kind, summary.survival]).toEqual(['green', { tried: 1, survived: 1 }])
  })

  test('of a fault that was not survived is red, told once by its test', () => {
    const test = testOf({
      file: '/shop/list.pact.test.ts',
      blocks: ['lists books'],
      title: 'survives: connection reset, twice',
    })
    const tests = { tests: [test], problems: [] }
    const verdict = verdictOf({
      ...withResults(...replayed, lost),
      recorded: { ...wellDone.recorded, tests },
    })
    expect(verdict.kind).toBe('red')
    expect(verdict.summary.survival).toEqual({ tried: 2, survived: 1 })
    expect(verdict.findings.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ code: 'fault-not-survived', interaction: 'lists books', message: `${detail}.` }),
    ])
    expect(verdict.failures[0]?.findings).toMatchObject([{ code: 'fault-not-survived' }])
  })

  test('that no test tells of is red as well', () => {
    expect(errors(withResults(...replayed, lost))).toEqual([`fault-not-survived: ${detail}.`])
  })
})

describe('red by the drifts', () => {
  const replayed = [replayRun('live'), replayRun('mock')]

  test('a drift that nothing noticed', () => {
    const missed = driftRun({
      drifts: [{ name: 'C4 addBook: 200 for 201', class: 'C4', caught: false, detail: 'It stayed green.' }],
    })
    const failed = testOf({
      blocks: ['drift of shop/catalogue on live', 'page -> catalogue'],
      title: 'catches C4 addBook: 200 for 201',
    })
    const evidence = { ...withTests(failed), results: [...replayed, missed] }
    expect(errors(evidence)).toEqual(['drift-missed: The replay did not find this drift: It stayed green.'])
    expect(verdictOf(evidence).summary.drift).toMatchObject({ applied: 1, caught: 0 })
  })

  test('a harmless change that raised an alarm', () => {
    const alarm = driftRun({ harmless: [{ name: 'an extra field', alarmed: true, detail: 'interaction-mismatch' }] })
    expect(errors(withResults(...replayed, alarm))).toEqual([
      'drift-false-alarm: The replay took this harmless change for a drift: interaction-mismatch.',
    ])
    expect(verdictOf(withResults(...replayed, alarm)).summary.drift).toMatchObject({ harmless: 1, falseAlarms: 1 })
  })

  test('a drift suite that kept no score', () => {
    const suite = testOf({ file: '/p/scenarios/shop/drift-live.scenario.test.ts', status: 'passed' })
    const expected = ['drift-missed: A drift suite ran and kept no score: no drift was applied.']
    expect(errors({ ...withTests(suite), results: replayed })).toEqual(expected)
    expect(errors({ ...withTests(suite), results: [...replayed, driftRun({ drifts: [] })] })).toEqual(expected)
    expect(errors({ ...withTests(suite), results: [...replayed, driftRun()] })).toEqual([])
  })
})

test('operations that no pact uses are warnings, and do not turn it red', () => {
  const { kind, findings } = verdictOf(wellDone)
  expect(kind).toBe('green')
  const unused = Object.keys(edge.contract.operations).filter((name) => name !== 'listBooks' && name !== 'getBook')
  expect(findings.map(({ code, severity, operation }) => [code, severity, operation])).toEqual(
    unused.map((name) => ['operation-unrecorded', 'warning', name]),
  )
})
