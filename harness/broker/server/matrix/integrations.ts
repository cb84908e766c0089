import type { Sql } from '../store/database.ts'
import type { ResolvedSelector } from './resolve.ts'

/** Who works with whom, in the light of a question. A consumer needs its provider; a provider can do without its consumers. */
export type Integration = Readonly<{ consumer: string; provider: string; required: boolean }>

/** What the named versions work with: the providers of their pacts, and the consumers that have a pact with them. */
export async function integrationsOf(
  sql: Sql,
  selectors: readonly ResolvedSelector[],
): Promise<readonly Integration[]> {
  const found: Integration[] = []
  for (const { pacticipant, versions } of selectors) {
    const some = versions.kind === 'some' ? versions.versions.map(({ id }) => id) : []
    const which = versions.kind === 'all' ? 'true' : 'pub.consumer_version_id = any($2::int[])'
    const asConsumer = await sql.rows<{ provider: string }>(
      `select distinct p.name as provider from pact_publications pub join pacticipants p on p.id = pub.provider_id
       where pub.consumer_id = $1 and ${which} and $2::int[] is not null`,
      [pacticipant.id, some],
    )
    const asProvider = await sql.rows<{ consumer: string }>(
      `select p.name as consumer from pacticipants p where exists (select from pact_publications pub
         where pub.provider_id = $1 and pub.consumer_id = p.id)`,
      [pacticipant.id],
    )
    found.push(
      ...asConsumer.map(({ provider }) => ({ consumer: pacticipant.name, provider, required: true })),
      ...asProvider.map(({ consumer }) => ({ consumer, provider: pacticipant.name, required: false })),
    )
  }
  const distinct = new Map<string, Integration>()
  for (const integration of found) {
    const key = `${integration.consumer}\n${integration.provider}`
    if (integration.required || !distinct.has(key)) distinct.set(key, integration)
  }
  return [...distinct.values()]
}
