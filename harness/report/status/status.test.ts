import { parse } from 'yaml'
import { edge, finding, replayRun } from '#harness/gate/testing/evidence.ts'
import type { GateEvidence } from '#harness/gate/evidence.ts'
import type { StageResult } from '#harness/project/results.ts'
import { allTried, allWrong, reportOf, tapped } from '../testing/example-report.ts'
import { statusLines } from './status-lines.ts'
import { systemStatus } from './system-status.ts'

async function statusOf(evidence: GateEvidence) {
  return systemStatus(await reportOf(evidence), 'shop')?.status
}

function without(kind: StageResult['kind']): GateEvidence {
  return { ...allTried, results: allTried.results.filter((result) => result.kind !== kind) }
}

const declared = { ...tapped, traffic: { ...tapped.traffic!, calls: tapped.traffic!.calls.slice(0, 2) } }

test('the API is as far as the interactions that hold', async () => {
  const pact = { kind: 'read', interactions: [], findings: [] } as const
  expect(await statusOf({ ...allTried, edges: [{ ...edge, pact }] })).toMatchObject({ api: 'designing' })
  expect(await statusOf(without('replay'))).toMatchObject({ api: 'implementing' })
  expect(await statusOf(allWrong('so'))).toMatchObject({ api: 'implementing' })
  expect(await statusOf(allTried)).toMatchObject({ api: 'testing' })
  const deployed = { ...allTried, results: [...allTried.results, replayRun('compose')] }
  expect(await statusOf(deployed)).toMatchObject({ api: 'deployed' })
})

test('the database is as far as what live services held on', async () => {
  expect(await statusOf(without('replay'))).toMatchObject({ database: 'schema_ready' })
  expect(await statusOf(without('load'))).toMatchObject({ database: 'migrations_complete' })
  expect(await statusOf(allTried)).toMatchObject({ database: 'optimized' })
  const figures = [{ name: 'errors', value: 3, unit: '' }]
  const failing = {
    ...allTried,
    results: [...without('load').results, { kind: 'load', system: 'shop', name: 'x', figures } as const],
  }
  expect(await statusOf(failing)).toMatchObject({ database: 'migrations_complete' })
})

test('services are integrated where live stories pass, and monitored where their traffic and faults were well', async () => {
  expect(await statusOf(without('scenario'))).toMatchObject({ external_services: 'configured' })
  expect(await statusOf(allTried)).toMatchObject({ external_services: 'integrated' })
  const watched = { ...without('scenario'), results: [...without('scenario').results, declared] }
  expect(await statusOf(watched)).toMatchObject({ external_services: 'monitoring' })
  expect(
    await statusOf({ ...watched, results: watched.results.filter(({ kind }) => kind !== 'survival') }),
  ).toMatchObject({
    external_services: 'integrated',
  })
})

test('performance is measured under load, else as live services answered', async () => {
  expect(await statusOf(allTried)).toMatchObject({ performance: 'latency: p95 12.3 ms, throughput: 512 books/s' })
  expect(await statusOf(without('load'))).toMatchObject({ performance: 'latency: p95 4 ms, throughput: not measured' })
})

test('errors are blockers, the first of them by name', async () => {
  expect(await statusOf(allTried)).toMatchObject({ blockers: [] })
  const many = Array.from({ length: 7 }, (_, index) => finding('layout', { edge: 'shop', path: `mocks/${index}` }))
  const { blockers = [] } = (await statusOf({ ...allTried, findings: many })) ?? {}
  expect([blockers.length, blockers[0], blockers.at(-1)]).toEqual([6, 'layout: shop · mocks/0', 'and 2 more'])
})

test('it is printed as the YAML of the standards, with the evidence beside it', async () => {
  const status = systemStatus(await reportOf(allWrong('a "quote": # no comment\nnext')), 'shop')!
  const text = statusLines(status).join('\n')
  expect(parse(text)).toEqual({
    shop: { integration_status: { ...status.status, blockers: `[${status.status.blockers.join('; ')}]` } },
  })
  expect(text).toContain('api: "implementing"  # 1 of 2 on live, 1 of 2 on mock')
})

test('of a system that the report is not about nothing is known', async () => {
  expect(systemStatus(await reportOf(), 'bank')).toBeUndefined()
})
