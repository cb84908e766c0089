import { interactionsOf } from '../../pact/content.ts'
import type { BrokerClient, Document } from '../broker-client.ts'
import { relation } from '../relation.ts'
import { text } from './documents.ts'
import type { Move } from './move-broker.ts'
import type { MovedPact } from './move-versions.ts'

type Row = Readonly<{
  consumer: { version: { number: string } }
  provider: { version: { number: string } | null }
  verificationResult: { success: boolean; verifiedAt?: string; _links: { self: { href: string } } } | null
}>

/** Moves the last result of each pair of versions, the oldest first; those that are there already are left out. */
export async function moveResults(move: Move, pacts: readonly MovedPact[]): Promise<number> {
  const edges = Map.groupBy(pacts, ({ consumer, provider }) => JSON.stringify([consumer, provider]))
  let moved = 0
  for (const [first] of edges.values()) if (first) moved += await moveEdge(move, first)
  return moved
}

async function moveEdge({ from, to }: Move, edge: MovedPact): Promise<number> {
  const there = new Set((await rowsOf(to, edge)).map(keyOf))
  const seen = new Set<string>()
  const rows = (await rowsOf(from, edge)).toSorted((a, b) => atOf(a).localeCompare(atOf(b)))
  for (const row of rows) {
    const href = row.verificationResult?._links.self.href
    // One result stands in several rows where several versions have the same pact.
    if (href === undefined || seen.has(href) || there.has(keyOf(row))) continue
    seen.add(href)
    await moveResult({ from, to }, { edge, row, result: await from.get(href) })
  }
  return seen.size
}

async function rowsOf(client: BrokerClient, { consumer, provider }: MovedPact): Promise<readonly Row[]> {
  const names = [consumer, provider].map((name) => `q[][pacticipant]=${encodeURIComponent(name)}`)
  const matrix = await client.get(`/matrix?${names.join('&')}&latestby=cvpv`)
  return ((matrix['matrix'] ?? []) as readonly Row[]).filter(({ verificationResult }) => verificationResult !== null)
}

function atOf({ verificationResult }: Row): string {
  return verificationResult?.verifiedAt ?? ''
}

function keyOf({ consumer, provider, verificationResult }: Row): string {
  return JSON.stringify([consumer.version.number, provider.version?.number, verificationResult?.success])
}

type Result = Readonly<{ edge: MovedPact; row: Row; result: Document }>

async function moveResult({ from, to }: Move, { edge, row, result }: Result): Promise<void> {
  const version = encodeURIComponent(row.consumer.version.number)
  const path = `/pacts/provider/${encodeURIComponent(edge.provider)}/consumer/${encodeURIComponent(edge.consumer)}/version/${version}`
  const [source, target] = [await from.get(path), await to.get(path)]
  const buildUrl = text(result, 'buildUrl')
  await to.send('POST', relation(target, 'pb:publish-verification-results'), {
    success: result['success'],
    providerApplicationVersion: text(result, 'providerApplicationVersion') ?? row.provider.version?.number,
    ...(buildUrl !== undefined && { buildUrl }),
    ...(Array.isArray(result['testResults']) && { testResults: withIdsOf(target, source, result['testResults']) }),
    ...(result['verifiedBy'] !== undefined && { verifiedBy: result['verifiedBy'] }),
  })
}

/** Brokers have ids of their own for interactions: what stands in the same place is the same. */
function withIdsOf(target: Document, source: Document, results: readonly unknown[]): readonly unknown[] {
  const ids = (pact: Document): readonly unknown[] => interactionsOf(pact).map((one) => one['_id'])
  const [theirs, ours] = [ids(target), ids(source)]
  return (results as readonly Document[]).map((result) => {
    const index = ours.indexOf(result['interactionId'])
    return index < 0 ? result : { ...result, interactionId: theirs[index] }
  })
}
