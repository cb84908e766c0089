import { edge, finding, replayRun, wellDone } from '#harness/gate/testing/evidence.ts'
import { allTried, reportOf } from '../testing/example-report.ts'

test('interactions of one description are told apart by their order', async () => {
  const twice = [1, 2].map(() => ({ description: 'reads a book', operation: 'getBook' }))
  const pact = { kind: 'read', interactions: twice, findings: [] } as const
  const wrong = finding('interaction-mismatch', { path: '$.reply.status', message: '404, not 200.' })
  const interactions = [
    { ...twice[0]!, findings: [] },
    { ...twice[1]!, findings: [wrong] },
  ]
  const { sections } = await reportOf({
    ...wellDone,
    edges: [{ ...edge, pact }],
    results: [replayRun('live', { interactions })],
  })
  expect(sections.interactions[0]?.interactions.map(({ replays }) => replays)).toEqual([
    [
      { target: 'live', state: 'same', differences: [] },
      { target: 'mock', state: 'missing', differences: [] },
    ],
    [
      { target: 'live', state: 'differs', differences: ['$.reply.status: 404, not 200.'] },
      { target: 'mock', state: 'missing', differences: [] },
    ],
  ])
})

test('coverage has what was called and is in no pact or no contract, and what nobody uses', async () => {
  const { coverage } = (await reportOf(allTried)).sections
  expect(coverage.totals).toMatchObject({ edges: 1, edgesWithPact: 1, recorded: 2, called: 2 })
  expect(coverage.calledUnrecorded).toEqual([
    {
      system: 'shop',
      consumer: 'page',
      provider: 'catalogue',
      operation: 'dropBook',
      signature: 'DELETE /books/{id}',
      called: 2,
      recorded: 0,
    },
  ])
  expect(coverage.undeclared.map(({ signature }) => signature)).toEqual(['GET /magazines'])
  const unused = coverage.unused.map(({ operation }) => operation)
  expect(unused).toContain('addBook')
  expect(unused).not.toContain('dropBook')
})

test('an edge is verified where all was replayed on live and mock alike', async () => {
  const stateOf = async (...results: Parameters<typeof replayRun>[]) => {
    const report = await reportOf({ ...wellDone, results: results.map((run) => replayRun(...run)) })
    return report.sections.systems[0]?.edges[0]?.state
  }
  expect(await stateOf(['live'], ['mock'])).toBe('verified')
  expect(await stateOf(['live'])).toBe('unverified')
  const wrong = replayRun('mock').interactions.map((one) => ({ ...one, findings: [finding('interaction-mismatch')] }))
  expect(await stateOf(['live'], ['mock', { interactions: wrong }])).toBe('differs')
})
