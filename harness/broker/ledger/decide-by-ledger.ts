import type { DeployRow, DeployVerdict, KnownEdge } from '../client/deploy-verdict.ts'
import { unprovenEdges } from '../client/deploy-verdict.ts'
import type { Ledger, LedgerEdge, LedgerInteraction, Replay } from './ledger.ts'

/** A question that is answered from what was committed or kept. */
export type LedgerQuestion = Readonly<{
  pacticipant: string
  /** What is to be deployed. */
  candidate: Ledger
  /** What is there. */
  present: Ledger
  ignored: readonly string[]
  known: readonly KnownEdge[]
}>

/**
 * Decides whether a component may go where another version of its system is: as a consumer, the provider that is there must have
 * kept everything that it promises itself; as a provider, it must itself keep what each consumer that is there relies on. Only
 * replays on a real service by the very version count.
 */
export function decideByLedger(question: LedgerQuestion): DeployVerdict {
  const { pacticipant, candidate, present, ignored } = question
  const asConsumer = candidate.edges
    .filter(({ consumer }) => consumer === pacticipant)
    .map((edge) =>
      judge(edge, { question, provider: versionOf(present, edge.provider), evidence: [candidate, present] }),
    )
  const asProvider = present.edges
    .filter(({ provider }) => provider === pacticipant)
    .map((edge) =>
      judge(edge, { question, provider: versionOf(candidate, pacticipant), evidence: [candidate, present] }),
    )
  const judged = [...asConsumer, ...asProvider].map((one) => ({
    ...one,
    row: { ...one.row, ignored: ignored.includes(one.row.consumer) || ignored.includes(one.row.provider) },
  }))
  return verdictOf(question, judged)
}

type Judged = Readonly<{ row: DeployRow; reasons: readonly string[] }>
type Judging = Readonly<{ question: LedgerQuestion; provider: string | undefined; evidence: readonly Ledger[] }>

function judge(edge: LedgerEdge, { question, provider, evidence }: Judging): Judged {
  const { consumer, provider: name, interactions } = edge
  const outcomes = interactions.map((interaction) => outcomeOf(edge, interaction, { provider, evidence }))
  const wrong = outcomes.filter(({ ok }) => ok !== true)
  const success = outcomes.some(({ ok }) => ok === false)
    ? false
    : wrong.length > 0 || outcomes.length === 0
      ? undefined
      : true
  const empty = outcomes.length === 0 ? [`the pact of ${consumer} with ${name} has no interaction`] : []
  return {
    row: {
      consumer,
      consumerVersion: (consumer === question.pacticipant ? question.candidate : question.present).source,
      provider: name,
      providerVersion: provider,
      success,
      ignored: false,
      url: undefined,
    },
    reasons: [...empty, ...wrong.map(({ reason }) => reason)],
  }
}

type Outcome = Readonly<{ ok: boolean | undefined; reason: string }>

function outcomeOf(
  { consumer, provider: name }: LedgerEdge,
  { description, digest }: LedgerInteraction,
  { provider, evidence }: Pick<Judging, 'provider' | 'evidence'>,
): Outcome {
  const what = `"${description}" of ${consumer} with ${name}`
  if (provider === undefined) return { ok: undefined, reason: `no version of ${name} ever replayed a pact there` }
  const replays = evidence
    .flatMap(({ edges }) => edges.filter((edge) => edge.consumer === consumer && edge.provider === name))
    .flatMap(({ interactions }) => interactions.filter((one) => one.digest === digest))
    .flatMap((one) => one.replays.filter((replay) => isReal(replay) && replay.providerVersion === provider))
  const last = lastOf(replays)
  if (!last) return { ok: undefined, reason: `${what} was never replayed on version ${provider} of ${name}` }
  return { ok: last.ok, reason: `${what} differs on version ${last.providerVersion} of ${name}` }
}

function lastOf(replays: readonly Replay[]): Replay | undefined {
  return replays.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).at(-1)
}

/** A stand-in that answers well says nothing of the service. */
function isReal({ target }: Replay): boolean {
  return target !== 'mock'
}

/** The version of a provider that a ledger speaks of: the one that was replayed last. */
function versionOf({ edges }: Ledger, provider: string): string | undefined {
  const replays = edges
    .filter((edge) => edge.provider === provider)
    .flatMap(({ interactions }) => interactions.flatMap((one) => one.replays.filter(isReal)))
  return lastOf(replays)?.providerVersion
}

function verdictOf(question: LedgerQuestion, judged: readonly Judged[]): DeployVerdict {
  const rows = judged.map(({ row }) => row)
  const counted = judged.filter(({ row }) => !row.ignored)
  const unproven = unprovenEdges(question, rows)
  const reasons = [
    ...unproven.map(
      ({ consumer, provider }) => `${consumer} has no pact with ${provider}, which it is declared to call`,
    ),
    ...counted.flatMap((one) => one.reasons),
  ]
  if (counted.some(({ row }) => row.success === false)) return { kind: 'no', reasons, rows }
  if (unproven.length > 0) return { kind: 'nothing', reasons, rows }
  if (counted.some(({ row }) => row.success === undefined)) return { kind: 'unknown', reasons, rows }
  if (counted.length > 0)
    return { kind: 'yes', reasons: ['every interaction was replayed on the version that counts'], rows }
  return { kind: 'nothing', reasons: [`no pact of or with ${question.pacticipant} is known`], rows }
}
