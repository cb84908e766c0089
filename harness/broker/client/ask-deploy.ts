import { setTimeout as pause } from 'node:timers/promises'
import { BrokerRefused } from './broker-errors.ts'
import type { BrokerClient, Document } from './broker-client.ts'
import { unprovenEdges, type DeployQuestion, type DeployRow, type DeployVerdict } from './deploy-verdict.ts'

/** How often to ask again while results are missing. */
export type Patience = Readonly<{ times: number; everyMs: number }>

/**
 * Asks a broker whether a version may be deployed, and believes a yes only where there is something behind it: a row for every edge
 * that is known, and some result at all.
 * @throws BrokerRefused where the question is wrong otherwise, BrokerUnreachable.
 */
export async function askDeploy(
  client: BrokerClient,
  question: DeployQuestion,
  patience: Patience = { times: 0, everyMs: 0 },
): Promise<DeployVerdict> {
  for (let asked = 0; ; asked++) {
    const verdict = await askOnce(client, question)
    if (verdict.kind !== 'unknown' || asked >= patience.times) return verdict
    await pause(patience.everyMs)
  }
}

async function askOnce(client: BrokerClient, question: DeployQuestion): Promise<DeployVerdict> {
  let answer: Document
  try {
    answer = await client.get(`/matrix?${queryOf(question)}`)
  } catch (error) {
    // A name that the broker never heard of is most often a typing error, and nothing was verified under it.
    const isUnheard = error instanceof BrokerRefused && error.status === 400 && /not found/.test(error.message)
    if (isUnheard) return { kind: 'nothing', reasons: error.messages, rows: [] }
    throw error
  }
  const rows = rowsIn(answer)
  const { deployable, reason } = summaryIn(answer)
  const reasons = reason === '' ? [] : reason.split('\n')
  if (deployable === false) return { kind: await noOrNothing(client, question), reasons, rows }
  if (deployable !== true) return { kind: 'unknown', reasons, rows }
  return believe(client, question, rows)
}

/** A version that the broker has nothing of is refused by it like one that fails. */
async function noOrNothing(client: BrokerClient, { pacticipant, version }: DeployQuestion): Promise<'no' | 'nothing'> {
  const path = `/pacticipants/${encodeURIComponent(pacticipant)}/versions/${encodeURIComponent(version)}`
  return (await client.find(path)) === undefined ? 'nothing' : 'no'
}

async function believe(
  client: BrokerClient,
  question: DeployQuestion,
  rows: readonly DeployRow[],
): Promise<DeployVerdict> {
  const unproven = unprovenEdges(question, rows)
  if (unproven.length > 0) {
    const reasons = unproven.map(
      ({ consumer, provider }) =>
        `${consumer} version ${question.version} has no pact with ${provider}, which it is declared to call`,
    )
    return { kind: 'nothing', reasons, rows }
  }
  const { pacticipant, version } = question
  if (rows.some(({ ignored }) => !ignored))
    return { kind: 'yes', reasons: ['all required results are published and successful'], rows }
  // Nobody it works with is there: enough for a provider that verified something, and for nobody else.
  const everything = rowsIn(await client.get(`/matrix?${selectorOf(question)}&latestby=cvpv`))
  const verified = everything.filter((row) => row.provider === pacticipant && row.success !== undefined)
  if (verified.length > 0)
    return {
      kind: 'yes',
      reasons: [`nobody there calls ${pacticipant}, and it verified ${verified.length} pacts`],
      rows,
    }
  return {
    kind: 'nothing',
    reasons: [`nothing was ever verified of ${pacticipant} version ${version}: no pact of it, no result by it`],
    rows,
  }
}

function queryOf(question: DeployQuestion): string {
  const ignored = question.ignored.map((name) => `ignore[][pacticipant]=${encodeURIComponent(name)}`)
  const to =
    question.to.kind === 'environment'
      ? ['latestby=cvpv', `environment=${encodeURIComponent(question.to.name)}`]
      : ['latestby=cvp', 'latest=true', 'mainBranch=true']
  return [selectorOf(question), ...ignored, ...to].join('&')
}

function selectorOf({ pacticipant, version }: DeployQuestion): string {
  return `q[][pacticipant]=${encodeURIComponent(pacticipant)}&q[][version]=${encodeURIComponent(version)}`
}

function summaryIn(answer: Document): { deployable: unknown; reason: string } {
  const { deployable, reason } = (answer['summary'] ?? {}) as { deployable?: unknown; reason?: string }
  return { deployable, reason: reason ?? '' }
}

type Side = Readonly<{ name: string; version: Readonly<{ number: string }> | null }>
type Line = Readonly<{
  consumer: Side
  provider: Side
  verificationResult: Readonly<{ success: boolean | null; _links?: { self?: { href?: string } } }> | null
  ignored?: boolean
}>

function rowsIn(answer: Document): readonly DeployRow[] {
  const lines = (answer['matrix'] ?? []) as readonly Line[]
  return lines.map(({ consumer, provider, verificationResult, ignored }) => ({
    consumer: consumer.name,
    consumerVersion: consumer.version?.number ?? '',
    provider: provider.name,
    providerVersion: provider.version?.number,
    success: verificationResult?.success ?? undefined,
    ignored: ignored === true,
    url: verificationResult?._links?.self?.href,
  }))
}
