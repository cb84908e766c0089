import type { FindingCode, Finding } from '#harness/contract/finding.ts'
import type { MutationResult, StageResult, SurvivalResult } from '#harness/project/results.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { EdgeEvidence } from '../edges.ts'
import type { GateEvidence } from '../evidence.ts'
import type { TestOutcome } from '../jest-outcome.ts'

/** Evidence of a gate in which all went well: one edge, two interactions, one story, one drift and one harmless change. */

export const interactions = [
  { description: 'lists books', operation: 'listBooks' },
  { description: 'reads a book', operation: 'getBook' },
]

export const edge: EdgeEvidence = {
  system: 'shop',
  edge: { consumer: 'page', provider: 'catalogue' },
  contract: library,
  pact: { kind: 'read', interactions, findings: [] },
}

export type ReplayRun = Extract<StageResult, { kind: 'replay' }>
export type DriftRun = Extract<StageResult, { kind: 'drift' }>

export function replayRun(target: string, changes: Partial<ReplayRun> = {}): ReplayRun {
  return {
    kind: 'replay',
    system: 'shop',
    edge: 'page -> catalogue',
    target,
    interactions: interactions.map((interaction) => ({ ...interaction, findings: [] })),
    milliseconds: 100,
    stores: target === 'live' ? ['database: PostgreSQL 17'] : [],
    ...changes,
  }
}

export function driftRun(changes: Partial<DriftRun> = {}): DriftRun {
  return {
    kind: 'drift',
    system: 'shop',
    edge: 'page -> catalogue',
    suite: '/p/scenarios/shop/drift-live.scenario.test.ts',
    target: 'live',
    drifts: [{ name: 'C8 getBook: a field is dropped', class: 'C8', caught: true, detail: '' }],
    harmless: [{ name: 'an extra field', alarmed: false, detail: '' }],
    ...changes,
  }
}

export const story: StageResult = {
  kind: 'scenario',
  system: 'shop',
  story: 'buys a book',
  target: 'mock',
  passed: true,
}

export function survivalOf(changes: Partial<SurvivalResult> = {}): SurvivalResult {
  return {
    kind: 'survival',
    system: 'shop',
    edge: 'page -> catalogue',
    operation: 'getBook',
    interaction: 'reads a book',
    fault: 'connection reset, twice',
    survived: true,
    detail: '',
    suite: '/shop/list.pact.test.ts',
    ...changes,
  }
}

export function mutationRun(changes: Partial<MutationResult> = {}): MutationResult {
  return {
    kind: 'mutation',
    system: 'shop',
    edge: 'page -> catalogue',
    target: 'live',
    seed: 1,
    tried: 30,
    of: 30,
    applied: 20,
    caught: 20,
    harmless: 10,
    falseAlarms: 0,
    survivors: [],
    alarms: [],
    unchanged: [],
    unobservable: [],
    milliseconds: 1000,
    ...changes,
  }
}

export const wellDone: GateEvidence = {
  edges: [edge],
  ran: undefined,
  checks: [{ edge: 'shop/page--catalogue', checked: 2, skipped: 0, findings: [] }],
  stopped: false,
  recorded: {
    published: [
      {
        edge: 'shop-page -> library',
        file: 'pacts/shop/page--catalogue.json',
        interactions: 2,
        recorded: 2,
        changed: false,
        dropped: [],
        findings: [],
      },
    ],
    tests: { tests: [], problems: [] },
  },
  results: [replayRun('live'), replayRun('mock'), driftRun(), story],
  tests: { tests: [], problems: [] },
  findings: [],
  milliseconds: 12_340,
}

/** The same evidence with other results in place of those. */
export function withResults(...results: readonly StageResult[]): GateEvidence {
  return { ...wellDone, results }
}

export function finding(code: FindingCode, changes: Partial<Finding> = {}): Finding {
  return { code, severity: 'error', message: 'It is so.', fix: 'Change it.', ...changes }
}

/** What came of one test; it failed, unless told. */
export function testOf(changes: Partial<TestOutcome> = {}): TestOutcome {
  return {
    file: '/shop/catalogue.replay.test.ts',
    blocks: ['shop/catalogue on live', 'page -> catalogue'],
    title: 'reads a book',
    status: 'failed',
    message: 'Error: it is not so\n    at somewhere',
    ...changes,
  }
}
