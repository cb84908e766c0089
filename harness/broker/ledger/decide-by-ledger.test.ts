import { decideByLedger } from './decide-by-ledger.ts'
import type { Ledger, Replay } from './ledger.ts'

const replay = (providerVersion: string, change: Partial<Replay> = {}): Replay => ({
  target: 'live',
  providerVersion,
  at: '2026-01-01',
  ok: true,
  ...change,
})

/** A ledger of one edge, till -> backend, by the digests of its interactions. */
function ledger(source: string, interactions: Readonly<Record<string, readonly Replay[]>>): Ledger {
  const all = Object.entries(interactions).map(([digest, replays]) => ({
    description: `reads ${digest}`,
    digest,
    replays,
  }))
  return { source, edges: [{ consumer: 'till', provider: 'backend', interactions: all }] }
}

const ask = (
  pacticipant: string,
  candidate: Ledger,
  present: Ledger,
  more: object = {},
): ReturnType<typeof decideByLedger> =>
  decideByLedger({
    pacticipant,
    candidate,
    present,
    ignored: [],
    known: [{ consumer: 'till', provider: 'backend' }],
    ...more,
  })

test('a provider goes where it keeps what the consumers that are there rely on', () => {
  const present = ledger('production', { a: [replay('v1')] })
  expect(ask('backend', ledger('here', { a: [replay('v2')] }), present).kind).toBe('yes')
})

test('a provider that fails a consumer that is there is refused; one that never tried it is not known', () => {
  const present = ledger('production', { a: [replay('v1')], b: [replay('v1')] })
  const failing = ask('backend', ledger('here', { a: [replay('v2')], b: [replay('v2', { ok: false })] }), present)
  expect(failing).toMatchObject({
    kind: 'no',
    reasons: ['"reads b" of till with backend differs on version v2 of backend'],
  })
  const changed = ask('backend', ledger('here', { a: [replay('v2')], c: [replay('v2')] }), present)
  expect(changed).toMatchObject({
    kind: 'unknown',
    reasons: ['"reads b" of till with backend was never replayed on version v2 of backend'],
  })
})

test('a consumer whose pact did not change goes with the provider that is there; what is new was not tried there', () => {
  const present = ledger('production', { a: [replay('v1')] })
  expect(ask('till', ledger('here', { a: [replay('v2')] }), present).kind).toBe('yes')
  expect(ask('till', ledger('here', { a: [replay('v2')], b: [replay('v2')] }), present).kind).toBe('unknown')
  expect(ask('till', ledger('here', { a: [], b: [replay('v1')] }), present).kind).toBe('yes')
})

test('a stand-in proves nothing, and the last replay counts', () => {
  const here = ledger('here', { a: [replay('v1')] })
  expect(ask('till', here, ledger('production', { a: [replay('v1', { target: 'mock' })] })).kind).toBe('unknown')
  const twice = [replay('v1', { at: '2026-01-02', ok: false }), replay('v1', { at: '2026-01-01' })]
  expect(ask('till', ledger('here', { a: [] }), ledger('production', { a: twice })).kind).toBe('no')
})

test('nothing that is known, a declared edge without a pact, and a pact without interactions are no yes', () => {
  const empty: Ledger = { source: 'here', edges: [] }
  const present = ledger('production', { a: [replay('v1')] })
  expect(ask('till', empty, present)).toMatchObject({
    kind: 'nothing',
    reasons: ['till has no pact with backend, which it is declared to call'],
  })
  expect(ask('somebody', empty, empty, { known: [] }).kind).toBe('nothing')
  expect(ask('till', ledger('here', {}), present).kind).toBe('unknown')
})

test('who is ignored does not matter', () => {
  const present = ledger('production', { a: [replay('v1', { ok: false })] })
  const other = {
    consumer: 'till',
    provider: 'other',
    interactions: [{ description: 'x', digest: 'x', replays: [replay('o1')] }],
  }
  const both = (one: Ledger): Ledger => ({ ...one, edges: [...one.edges, other] })
  expect(ask('till', both(ledger('here', { a: [] })), both(present), { ignored: ['backend'] }).kind).toBe('yes')
})
