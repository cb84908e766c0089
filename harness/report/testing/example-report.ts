import { system } from '#harness/contract/system.ts'
import {
  driftRun,
  edge,
  finding,
  replayRun,
  story,
  survivalOf,
  wellDone,
  withResults,
} from '#harness/gate/testing/evidence.ts'
import type { GateEvidence } from '#harness/gate/evidence.ts'
import { verdictOf } from '#harness/gate/verdict.ts'
import type { ScenarioResult } from '#harness/project/results.ts'
import { collectReport, type Reported } from '../data/collect-report.ts'
import type { Report } from '../data/report.ts'
import type { RunData } from '../data/run.ts'
import { redaction } from '../redact/redact.ts'

/** The system of the evidence in harness/gate/testing/evidence.ts. */
const shop = system('shop', {
  components: {
    page: { environment: {} },
    catalogue: {
      contract: edge.contract,
      port: 7001,
      environment: {},
      stores: { database: { kind: 'postgres', variable: 'DATABASE_URL' } },
    },
  },
  edges: [edge.edge],
  startOrder: ['database', 'catalogue', 'page'],
  agreements: [],
})

const run: RunData = {
  at: '2026-03-04T05:06:07.000Z',
  systems: ['shop'],
  commit: '0123456789abcdef0123456789abcdef01234567',
  branch: 'main',
  url: 'https://github.com/owner/shop/actions/runs/1',
  sources: 'https://github.com/owner/shop/blob/0123456789abcdef0123456789abcdef01234567',
}

/** A story whose traffic was tapped: a call that a pact has, one that none has, and one that no contract has. */
export const tapped: ScenarioResult = {
  kind: 'scenario',
  system: 'shop',
  story: 'buys a book',
  target: 'live',
  passed: true,
  milliseconds: 1234,
  traffic: {
    exchanges: [
      {
        ...edge.edge,
        operation: 'listBooks',
        signature: 'GET /books',
        at: 0,
        milliseconds: 4,
        status: 200,
        outcome: 'answered',
      },
      {
        ...edge.edge,
        operation: 'listBooks',
        signature: 'GET /books',
        at: 5,
        milliseconds: 3,
        status: 200,
        outcome: 'answered',
      },
      {
        ...edge.edge,
        operation: 'dropBook',
        signature: 'DELETE /books/{id}',
        at: 9,
        milliseconds: 2,
        status: 404,
        outcome: 'answered',
      },
      { ...edge.edge, signature: 'GET /magazines', at: 12, milliseconds: 1, outcome: 'reset' },
    ],
    left: 3,
    calls: [
      { ...edge.edge, operation: 'listBooks', signature: 'GET /books', count: 4 },
      { ...edge.edge, operation: 'dropBook', signature: 'DELETE /books/{id}', count: 2 },
      { ...edge.edge, signature: 'GET /magazines', count: 1 },
    ],
  },
}

/** Evidence of a gate in which everything was tried and went well. */
export const allTried: GateEvidence = withResults(
  ...wellDone.results.filter((result) => result !== story),
  tapped,
  survivalOf(),
  {
    kind: 'load',
    system: 'shop',
    name: '200 customers',
    figures: [
      { name: 'p95', value: 12.34, unit: 'ms' },
      { name: 'throughput', value: 512.3, unit: 'books/s' },
    ],
  },
)

/** Evidence of a gate in which much went wrong; `text` stands wherever tests and services say something of their own. */
export function allWrong(text: string): GateEvidence {
  const wrong = finding('interaction-mismatch', {
    edge: 'page -> catalogue',
    interaction: 'reads a book',
    operation: 'getBook',
    path: '$.reply.body.title',
    target: 'live',
    message: `expected a string: ${text}`,
    fix: `Correct it: ${text}`,
  })
  const replayed = replayRun('live').interactions
  return {
    ...allTried,
    results: [
      replayRun('live', {
        interactions: replayed.map((one) => (one.operation === 'getBook' ? { ...one, findings: [wrong] } : one)),
        stores: [`database: ${text}`],
      }),
      replayRun('mock', { interactions: replayed.slice(0, 1) }),
      driftRun({
        drifts: [{ name: `C8 ${text}`, class: 'C8', caught: false, detail: text }],
        harmless: [{ name: text, alarmed: true, detail: text }],
      }),
      { ...tapped, story: `buys ${text}`, passed: false },
      survivalOf({ survived: false, detail: `page: no fallback: ${text}`, fault: text }),
      { kind: 'load', system: 'shop', name: text, figures: [{ name: text, value: 1, unit: text }] },
    ],
    tests: {
      tests: [
        {
          file: '/shop/some.test.ts',
          blocks: [text],
          title: text,
          status: 'failed',
          message: `Error: ${text}\n    at shop/some.test.ts:12:3`,
        },
      ],
      problems: [{ file: undefined, message: text }],
    },
  }
}

/** What a gate comes to by this evidence. */
export function outcomeOf(evidence: GateEvidence): Reported {
  return { verdict: verdictOf(evidence), evidence, systems: [shop] }
}

/** The report of a gate with this evidence. */
export function reportOf(evidence: GateEvidence = allTried, previous?: Report): Promise<Report> {
  return collectReport(outcomeOf(evidence), { root: import.meta.dirname, run, previous, redact: redaction({}) })
}
