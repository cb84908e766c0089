import type { Sql } from './database.ts'

/** One result of verifying a pact's content with a provider version. */
export type Verification = Readonly<{
  number: number
  contentId: number
  sha: string
  consumer: string
  provider: string
  providerVersionId: number
  providerVersion: string
  success: boolean
  wip: boolean
  buildUrl: string | null
  testResults: unknown
  verifiedBy: unknown
  createdAt: Date
}>

export const selectVerifications = `select ver.number, ver.pact_content_id as "contentId", content.sha, consumer.name as consumer,
  provider.name as provider, ver.provider_version_id as "providerVersionId", pv.number as "providerVersion", ver.success,
  ver.wip, ver.build_url as "buildUrl", ver.test_results as "testResults", ver.verified_by as "verifiedBy",
  ver.created_at as "createdAt"
from verifications ver
join pact_contents content on content.id = ver.pact_content_id
join pacticipants consumer on consumer.id = content.consumer_id
join pacticipants provider on provider.id = content.provider_id
join versions pv on pv.id = ver.provider_version_id`

export type NewVerification = Readonly<{
  contentId: number
  providerVersionId: number
  success: boolean
  wip: boolean
  buildUrl: string | null
  testResults: unknown
  verifiedBy: unknown
}>

/** Keeps a result; it is the last one of its pair from now on. */
export async function saveVerification(sql: Sql, given: NewVerification): Promise<Verification> {
  const [made] = await sql.rows<{ number: number }>(
    `insert into verifications (pact_content_id, provider_version_id, success, wip, build_url, test_results, verified_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning number`,
    [
      given.contentId,
      given.providerVersionId,
      given.success,
      given.wip,
      given.buildUrl,
      json(given.testResults),
      json(given.verifiedBy),
    ],
  )
  await sql.rows(
    `insert into latest_verifications (pact_content_id, provider_version_id, verification_number) values ($1, $2, $3)
     on conflict (pact_content_id, provider_version_id) do update set verification_number = excluded.verification_number`,
    [given.contentId, given.providerVersionId, made?.number],
  )
  const saved = await findVerification(sql, made?.number ?? 0)
  if (!saved) throw new Error('the pact was deleted meanwhile. Send the result again.')
  return saved
}

export async function findVerification(sql: Sql, number: number): Promise<Verification | undefined> {
  const [found] = await sql.rows<Verification>(`${selectVerifications} where ver.number = $1`, [number])
  return found
}

/** The last result of a content, whichever provider version it is of. */
export async function latestVerification(sql: Sql, contentId: number): Promise<Verification | undefined> {
  const [found] = await sql.rows<Verification>(
    `${selectVerifications} where ver.pact_content_id = $1 order by ver.number desc limit 1`,
    [contentId],
  )
  return found
}

/** The last results of all pacts of a consumer version: one for each pact that has any. */
export async function latestVerificationsOf(sql: Sql, consumerVersionId: number): Promise<readonly Verification[]> {
  return sql.rows<Verification>(
    `select distinct on (mine.consumer, mine.provider) mine.* from (${selectVerifications}
       join pact_publications pub on pub.pact_content_id = ver.pact_content_id where pub.consumer_version_id = $1) mine
     order by mine.consumer, mine.provider, mine.number desc`,
    [consumerVersionId],
  )
}

/** Whether anybody ever verified a pact of an edge. */
export async function hasVerifications(sql: Sql, consumerId: number, providerId: number): Promise<boolean> {
  const [found] = await sql.rows<{ any: boolean }>(
    `select exists (select from verifications ver join pact_contents content on content.id = ver.pact_content_id
       where content.consumer_id = $1 and content.provider_id = $2) as any`,
    [consumerId, providerId],
  )
  return found?.any ?? false
}

function json(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}
