import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import type { LedgerOutcome } from '#harness/gate/ledger-stage.ts'
import type { Summary } from '#harness/gate/summary.ts'
import type { Verdict } from '#harness/gate/verdict.ts'
import type { LoadFigure } from '#harness/project/results.ts'
import { driftTableLines } from './drift-table-lines.ts'
import { failureLines } from './failure-lines.ts'
import { mutationWords } from './mutation-lines.ts'
import { paint } from './paint.ts'

export type VerdictOptions = Readonly<{
  /** All, also where all is the same. */
  verbose?: boolean
  /** What became of the ledgers, where that is known. */
  ledger?: LedgerOutcome
}>

/** A verdict for people: failed tests with what they said, what else was found, then the gate in figures, and where it is red, or all is to be said, operation by operation. */
export function verdictLines(verdict: Verdict, { verbose = false, ledger }: VerdictOptions = {}): readonly string[] {
  const { findings, failures, summary } = verdict
  const told = new Set(failures.flatMap((failure) => failure.findings.map((finding) => JSON.stringify(finding))))
  const others = findings.filter((finding) => !told.has(JSON.stringify(finding)))
  const errors = others.filter(({ severity }) => severity === 'error')
  return [
    ...failureLines(failures),
    ...errors.flatMap((finding) => [describeFinding(finding), '']),
    ...warningLines(others),
    // Where all is the same the table says nothing that the figures do not.
    ...(verbose || verdict.kind === 'red' ? [...driftTableLines(verdict.table), ''] : []),
    ...summaryLines(summary, ledger),
    `${'verdict'.padEnd(labelWidth)} ${verdictWords(verdict)}`,
  ]
}

function warningLines(findings: readonly Finding[]): readonly string[] {
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  if (warnings.length === 0) return []
  return [...warnings.map(({ code, message }) => `${paint('yellow', 'warning')} ${code}: ${message}`), '']
}

const labelWidth = 10

/** The gate in figures, one per line. */
function summaryLines(summary: Summary, ledger: LedgerOutcome | undefined): readonly string[] {
  const { recorded, scenarios, survival, load, stores, drift, mutation, seconds } = summary
  const figures: readonly (readonly [string, string])[] = [
    ['edges', edgeWords(summary)],
    ['recorded', `${recorded} interactions`],
    ['static', comparedWords(summary)],
    ['live', replayWords(summary, 'live')],
    ['mock', replayWords(summary, 'mock')],
    ...summary.alsoReplayed.map((count) => [count.target, countWords(count)] as const),
    ['scenarios', `${scenarios.passed} of ${scenarios.told} passed`],
    ...(summary.uncovered.length > 0 ? [['uncovered', uncoveredWords(summary)] as const] : []),
    ...(survival.tried > 0 ? [['survival', `${survival.survived} of ${survival.tried}`] as const] : []),
    ...load.map(({ name, figures: measured }) => ['load', `${name}: ${measured.map(figureWords).join(', ')}`] as const),
    ['stores', stores.length > 0 ? stores.join(' · ') : 'none'],
    ['drift', driftWords(drift)],
    ...(mutation.of > 0 ? [['mutation', triedWords(mutation)] as const] : []),
    ...(ledger ? [['ledger', ledgerWords(ledger, summary)] as const] : []),
    ['seconds', seconds.toFixed(1)],
  ]
  return figures.map(([label, value]) => `${label.padEnd(labelWidth)} ${value}`)
}

function replayWords({ recorded, replayed }: Summary, target: keyof Summary['replayed']): string {
  return countWords({ recorded, ...replayed[target] })
}

function edgeWords({ edges, declared, withPact }: Summary): string {
  return `${edges} of ${declared} declared run, ${withPact} with a pact`
}

function uncoveredWords({ uncovered }: Summary): string {
  const calls = uncovered.map(({ system, edge, operation }) => `${system}/${edge} ${operation}`)
  return `called in scenarios, in no pact: ${calls.join(', ')}`
}

function ledgerWords({ proven, changed }: LedgerOutcome, { declared }: Summary): string {
  const news = changed.length > 0 ? `; ${changed.join(' and ')} changed: commit with the pacts` : ''
  return `${proven} of ${declared} edges proven to be replayed as they are${news}`
}

function comparedWords({ compared: { checked, skipped } }: Summary): string {
  const left = skipped > 0 ? `, ${skipped} streams, channels or preflights left to the replay` : ''
  return `${checked} of ${checked + skipped} compared with OpenAPI${left}`
}

function countWords({ recorded, replayed, differing }: Omit<Summary['alsoReplayed'][number], 'target'>): string {
  return `${replayed} of ${recorded} replayed${differing > 0 ? `, ${differing} differ` : ''}`
}

function figureWords({ name, value, unit }: LoadFigure): string {
  const short = Number.isInteger(value) || value >= 100 ? Math.round(value) : value.toPrecision(3)
  return `${name} ${short}${unit === '' ? '' : ` ${unit}`}`
}

function driftWords({ applied, caught, harmless, falseAlarms }: Summary['drift']): string {
  if (applied + harmless === 0) return 'not tried'
  return `${caught}/${applied} caught, ${falseAlarms}/${harmless} false alarms`
}

function triedWords(mutation: Summary['mutation']): string {
  const { tried, of } = mutation
  return `${mutationWords(mutation)}${tried < of ? `, ${tried} of ${of} tried` : ''}`
}

function verdictWords({ kind, stopped, findings }: Verdict): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const found = errors === 1 ? '1 finding' : `${errors} findings`
  const count = stopped ? `${found}; nothing was started, as the pacts contradict the contracts` : found
  switch (kind) {
    case 'green':
      return paint('green', 'green')
    case 'red':
      return paint('red', `red: ${count}`)
    case 'nothing verified':
      return paint('red', `nothing verified: there is no interaction to replay; ${count}`)
    default:
      return kind satisfies never
  }
}
