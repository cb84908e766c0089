import type { Sql } from '../store/database.ts'
import { latestVerification } from '../store/verifications.ts'
import type { Publication } from '../store/publications.ts'
import type { Badge } from './svg.ts'

/** What came of a pact: verified, failed, changed since it was verified last, or not verified ever. */
export async function statusOf(sql: Sql, publication: Publication): Promise<Pick<Badge, 'status' | 'colour'>> {
  const latest = await latestVerification(sql, publication.contentId)
  if (latest) return latest.success ? { status: 'verified', colour: 'green' } : { status: 'failed', colour: 'red' }
  const [earlier] = await sql.rows(
    `select from verifications ver join pact_contents content on content.id = ver.pact_content_id
     where content.consumer_id = $1 and content.provider_id = $2 limit 1`,
    [publication.consumerId, publication.providerId],
  )
  return earlier ? { status: 'changed', colour: 'orange' } : { status: 'unknown', colour: 'grey' }
}

/** The first letters of a name's words: `workbench-frontend` and `WorkbenchFrontend` are `wf`. One word stays as it is. */
export function initialsOf(name: string): string {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
  return words.length > 1
    ? words
        .map((word) => word[0])
        .join('')
        .toLowerCase()
    : name.toLowerCase()
}
