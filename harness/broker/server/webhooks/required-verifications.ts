import type { Sql } from '../store/database.ts'
import type { Publication } from '../store/publications.ts'

/** A provider version that still has to verify a pact, and what it is: `latest from main branch`, `deployed in production`. */
export type RequiredVerification = Readonly<{ number: string; branch: string; descriptions: string }>

/**
 * The provider versions that matter to whoever deploys the consumer and have no result for this content yet: the last one of the
 * main branch, and those that are deployed or released anywhere.
 */
export async function requiredVerifications(
  sql: Sql,
  publication: Publication,
): Promise<readonly RequiredVerification[]> {
  const rows = await sql.rows<{ number: string; branch: string | null; descriptions: string[] }>(
    `with wanted as (
       select b.head_version_id as id, 'latest from main branch' as description from branches b
         join pacticipants p on p.id = b.pacticipant_id and p.main_branch = b.name
         where p.id = $1 and b.head_version_id is not null
       union select d.version_id, 'deployed in ' || e.name from deployed_versions d
         join environments e on e.id = d.environment_id where d.pacticipant_id = $1 and d.undeployed_at is null
       union select r.version_id, 'released in ' || e.name from released_versions r
         join environments e on e.id = r.environment_id where r.pacticipant_id = $1 and r.support_ended_at is null)
     select v.number, (select min(b.name) from branch_versions bv join branches b on b.id = bv.branch_id
              where bv.version_id = v.id) as branch, array_agg(w.description order by w.description) as descriptions
     from wanted w join versions v on v.id = w.id
     where not exists (select from latest_verifications lv where lv.provider_version_id = v.id and lv.pact_content_id = $2)
     group by v.id order by v.id`,
    [publication.providerId, publication.contentId],
  )
  return rows.map(({ number, branch, descriptions }) => ({
    number,
    branch: branch ?? '',
    descriptions: descriptions.join(', '),
  }))
}
