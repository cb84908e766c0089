import type { Integration } from './integrations.ts'
import { describeSelector } from './describe-selector.ts'
import type { ResolvedSelector } from './resolve.ts'
import type { MatrixRow } from './rows.ts'

/** A row, and whether the question said not to mind it. */
export type ConsideredRow = MatrixRow & Readonly<{ ignored: boolean }>

/** Why versions may be deployed, or may not. */
export type Reason = Readonly<{ kind: 'success' | 'error' | 'warning'; text: string }>

/** Whether versions may be deployed: null where nobody can know yet. */
export type Summary = Readonly<{
  deployable: boolean | null
  reasons: readonly Reason[]
  success: number
  failed: number
  unknown: number
  ignored: number
}>

export type Evidence = Readonly<{
  selectors: readonly ResolvedSelector[]
  ignored: readonly ResolvedSelector[]
  integrations: readonly Integration[]
  rows: readonly ConsideredRow[]
}>

/**
 * Decides by the rows of a question, by the Pact Broker's rules: a version that is named and not there is a no; a pact that is not
 * verified is a "not known"; a result that is bad is a no; and nothing to check is a yes, which whoever asks has to notice.
 */
export function summarise(evidence: Evidence): Summary {
  const considered = evidence.rows.filter(({ ignored }) => !ignored)
  const unanswered = evidence.integrations.filter(
    ({ required, consumer, provider }) =>
      required && !evidence.rows.some((row) => row.consumer === consumer && row.provider === provider),
  )
  const missing = evidence.selectors.filter(({ named, versions }) => named && versions.kind === 'none')
  const unknown = considered.filter(({ success }) => success === null)
  const failed = considered.filter(({ success }) => success === false)
  return {
    deployable: decide({ missing, unknown, unanswered, failed, evidence }),
    reasons: [...reasonsOf({ missing, unknown, unanswered, failed, evidence }), ...ignoredReasons(evidence)],
    success: considered.length - unknown.length - failed.length,
    failed: failed.length,
    unknown: unanswered.length + unknown.length,
    ignored: evidence.rows.length - considered.length,
  }
}

type Sorted = Readonly<{
  missing: readonly ResolvedSelector[]
  unknown: readonly ConsideredRow[]
  unanswered: readonly Integration[]
  failed: readonly ConsideredRow[]
  evidence: Evidence
}>

function decide({ missing, unknown, unanswered, failed, evidence }: Sorted): boolean | null {
  if (missing.some((selector) => !isIgnored(selector, evidence))) return false
  if (unknown.length > 0 || unanswered.length > 0) return null
  return failed.length === 0
}

function isIgnored({ pacticipant, versions }: ResolvedSelector, { ignored }: Evidence): boolean {
  return ignored.some(
    (one) => one.pacticipant.id === pacticipant.id && (one.versions.kind === 'all' || versions.kind === 'none'),
  )
}

function reasonsOf({ missing, unknown, unanswered, failed, evidence }: Sorted): readonly Reason[] {
  const error = (text: string): Reason => ({ kind: 'error', text })
  if (missing.length > 0) return missing.map((selector) => error(missingText(selector)))
  const errors = [
    ...unanswered.map((pair) => error(unverified(pair, evidence))),
    ...failed.map((row) => error(failedText(row, evidence))),
    ...unknown.map((row) => error(unverified(row, evidence))),
  ]
  if (errors.length > 0) return [...new Map(errors.map((one) => [one.text, one])).values()]
  return evidence.rows.some(({ ignored }) => !ignored)
    ? [{ kind: 'success', text: 'All required verification results are published and successful' }]
    : [{ kind: 'success', text: 'There are no missing dependencies' }]
}

function ignoredReasons(evidence: Evidence): readonly Reason[] {
  return evidence.rows.flatMap((row): Reason[] => {
    if (!row.ignored || row.success === true) return []
    const text = row.success === null ? unverified(row, evidence) : failedText(row, evidence)
    return [{ kind: 'warning', text: `[IGNORED] ${text}` }]
  })
}

function missingText({ pacticipant, by }: ResolvedSelector): string {
  if (by.tag !== undefined) return `No version with tag ${by.tag} exists for ${pacticipant.name}`
  if (by.branch !== undefined || by.mainBranch)
    return `No version from ${by.branch === undefined ? 'the main branch' : `branch ${by.branch}`} exists for ${pacticipant.name}`
  if (by.version !== undefined)
    return `No pacts or verifications have been published for version ${by.version} of ${pacticipant.name}`
  return `No pacts or verifications have been published for ${pacticipant.name}`
}

type Pair = Readonly<{ consumer: string; provider: string; consumerVersion?: string; providerVersion?: string | null }>

function unverified(pair: Pair, { selectors }: Evidence): string {
  const [consumer, provider] = partiesOf(pair, selectors)
  return `There is no verified pact between ${consumer} and ${provider}`
}

function failedText(pair: Pair, { selectors }: Evidence): string {
  const [consumer, provider] = partiesOf(pair, selectors)
  return `The verification for the pact between ${consumer} and ${provider} failed`
}

function partiesOf(pair: Pair, selectors: readonly ResolvedSelector[]): readonly [string, string] {
  const describe = (name: string, version: string | null | undefined): string =>
    describeSelector(
      selectors.find(({ pacticipant }) => pacticipant.name === name),
      { name, version: version ?? undefined },
    )
  return [describe(pair.consumer, pair.consumerVersion), describe(pair.provider, pair.providerVersion)]
}
