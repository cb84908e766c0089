import type { Sql } from '../store/database.ts'
import { latestPublications, type Publication } from '../store/publications.ts'
import { latestVerification } from '../store/verifications.ts'

/** A pact as it was published last, and what came of it; undefined where nobody verified it. */
export type Integration = Readonly<{ publication: Publication; success: boolean | undefined }>

/** Who works with whom, by the last pact of each two. */
export async function integrationsNow(sql: Sql): Promise<readonly Integration[]> {
  return Promise.all(
    (await latestPublications(sql)).map(async (publication) => ({
      publication,
      success: (await latestVerification(sql, publication.contentId))?.success,
    })),
  )
}
