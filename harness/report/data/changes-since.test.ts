import { edge, finding, replayRun } from '#harness/gate/testing/evidence.ts'
import { allTried, allWrong, reportOf } from '../testing/example-report.ts'
import { changesSince } from './changes-since.ts'

test('what is new, gone and came out otherwise is told, with the figures that changed', async () => {
  const changes = changesSince(await reportOf(), await reportOf(allWrong('so')))
  expect(changes.since).toEqual({
    at: '2026-03-04T05:06:07.000Z',
    commit: '0123456789abcdef0123456789abcdef01234567',
    verdict: 'green',
  })
  expect(changes.newFindings.map(({ code }) => code)).toContain('interaction-mismatch')
  expect(changes.turned).toEqual([
    { what: 'page -> catalogue: reads a book, on live', from: 'same', to: 'differs' },
    { what: 'page -> catalogue: reads a book, on mock', from: 'same', to: 'missing' },
  ])
  expect(changes.figures).toContainEqual({ name: 'live', before: '2/2', after: '1/2' })
  expect(changesSince(await reportOf(allWrong('so')), await reportOf()).goneFindings).toEqual(changes.newFindings)
})

test('a finding is the same though its message has other values', async () => {
  const found = (message: string) =>
    reportOf({ ...allTried, findings: [finding('layout', { path: 'mocks/a', message })] })
  const changes = changesSince(await found('port 1234'), await found('port 5678'))
  expect([changes.newFindings, changes.goneFindings]).toEqual([[], []])
})

test('interactions come and go', async () => {
  const pact = {
    kind: 'read',
    interactions: [{ description: 'lists books', operation: 'listBooks' }],
    findings: [],
  } as const
  const fewer = await reportOf({
    ...allTried,
    edges: [{ ...edge, pact }],
    results: [replayRun('live'), replayRun('mock')],
  })
  const gone = [{ edge: 'page -> catalogue', interaction: 'reads a book' }]
  expect(changesSince(await reportOf(), fewer).goneInteractions).toEqual(gone)
  expect(changesSince(fewer, await reportOf()).newInteractions).toEqual(gone)
})

test('a gate of other systems is compared in what both have, and not in figures', async () => {
  const other = await reportOf(allWrong('so'))
  const changes = changesSince({ ...other, run: { ...other.run, systems: ['till'] } }, await reportOf())
  expect(changes).toMatchObject({ newFindings: [], turned: [], newInteractions: [], figures: [] })
})
