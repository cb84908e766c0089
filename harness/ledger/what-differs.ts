import type { LedgerEntry } from './ledger.ts'

/** What every pact has to be replayed on. Others, as containers, are for machines that have them. */
const targets = ['live', 'mock'] as const

/** What of a committed proof is not of what there is now, in words; nothing where it proves it. */
export function whatDiffers(proven: LedgerEntry | undefined, current: LedgerEntry): readonly string[] {
  if (!proven) return ['no run is known']
  const tests = new Set([...Object.keys(proven.recorded), ...Object.keys(current.recorded)])
  return [
    ...(proven.pact === current.pact ? [] : ['its pact']),
    ...(proven.contract === current.contract ? [] : ['what its contract means']),
    ...[...tests]
      .filter((test) => proven.recorded[test]?.consumer !== current.recorded[test]?.consumer)
      .map((test) => `the client that ${test} records with`),
    ...targets
      .filter((target) => proven.replayed[target] !== current.replayed[target])
      .map((target) => `its ${target} provider`),
  ]
}
