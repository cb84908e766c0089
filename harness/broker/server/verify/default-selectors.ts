import type { Sql } from '../store/database.ts'
import type { ConsumerSelector } from './selector.ts'

/**
 * What is verified where nothing is asked for: for each consumer the main branch, or the last version where it has none, and
 * whatever is deployed or released.
 */
export async function defaultSelectors(sql: Sql, provider: string): Promise<readonly ConsumerSelector[]> {
  const consumers = await sql.rows<{ name: string; hasMain: boolean }>(
    `select distinct consumer.name, exists (select from branches b where b.pacticipant_id = consumer.id
       and b.name = consumer.main_branch and b.head_version_id is not null) as "hasMain"
     from pact_publications pub join pacticipants consumer on consumer.id = pub.consumer_id
     join pacticipants provider on provider.id = pub.provider_id where provider.name = $1`,
    [provider],
  )
  return [
    ...consumers.map(({ name, hasMain }) => ({
      consumer: name,
      ...(hasMain ? { mainBranch: true as const } : { latest: true }),
    })),
    { deployedOrReleased: true },
  ]
}
