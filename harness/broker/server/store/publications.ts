import type { Sql } from './database.ts'

/** A pact as one consumer version published it, without its content. */
export type Publication = Readonly<{
  id: number
  consumerId: number
  providerId: number
  consumer: string
  provider: string
  consumerVersionId: number
  consumerVersion: string
  contentId: number
  sha: string
  revision: number
  createdAt: Date
}>

/** What every query for publications begins with; `pub` is the publication, `cv` its consumer version. */
export const selectPublications = `select pub.id, pub.consumer_id as "consumerId", pub.provider_id as "providerId",
  consumer.name as consumer, provider.name as provider, pub.consumer_version_id as "consumerVersionId",
  cv.number as "consumerVersion", pub.pact_content_id as "contentId", content.sha, pub.revision,
  pub.created_at as "createdAt"
from pact_publications pub
join pacticipants consumer on consumer.id = pub.consumer_id
join pacticipants provider on provider.id = pub.provider_id
join versions cv on cv.id = pub.consumer_version_id
join pact_contents content on content.id = pub.pact_content_id`

type Edge = Readonly<{ consumer: string; provider: string }>

/** Where the wanted publication is: of a version, under a tag or on a branch; without either the last one of all. */
export type PublicationPlace = Readonly<{
  version?: string | undefined
  tag?: string | undefined
  branch?: string | undefined
  mainBranch?: boolean
}>

/** The last publication of a pact at a place. */
export async function findPublication(
  sql: Sql,
  edge: Edge,
  place: PublicationPlace = {},
): Promise<Publication | undefined> {
  const [found] = await listPublications(sql, edge, { ...place, limit: 1 })
  return found
}

/** The publications of one pact, or of all pacts of a provider where no consumer is named; the last one first. */
export async function listPublications(
  sql: Sql,
  edge: Partial<Edge>,
  { limit, ...place }: PublicationPlace & { limit?: number } = {},
): Promise<readonly Publication[]> {
  const values: unknown[] = []
  const value = (given: unknown): string => `$${values.push(given)}`
  const where = ['true']
  if (edge.consumer !== undefined) where.push(`consumer.name = ${value(edge.consumer)}`)
  if (edge.provider !== undefined) where.push(`provider.name = ${value(edge.provider)}`)
  if (place.version !== undefined) where.push(`cv.number = ${value(place.version)}`)
  if (place.tag !== undefined)
    where.push(`exists (select from tags t where t.version_id = cv.id and t.name = ${value(place.tag)})`)
  if (place.branch !== undefined) where.push(onBranch(`b.name = ${value(place.branch)}`))
  if (place.mainBranch) where.push(onBranch('b.name = consumer.main_branch'))
  const end = limit === undefined ? '' : ` limit ${value(limit)}`
  return sql.rows<Publication>(
    `${selectPublications} where ${where.join(' and ')} order by cv.id desc, pub.id desc${end}`,
    values,
  )
}

function onBranch(which: string): string {
  return `exists (select from branch_versions bv join branches b on b.id = bv.branch_id
    where bv.version_id = cv.id and ${which})`
}

/** The last publication of each pact there is. */
export async function latestPublications(sql: Sql): Promise<readonly Publication[]> {
  return sql.rows<Publication>(
    `${selectPublications} where pub.id in (
       select distinct on (consumer_id, provider_id) id from pact_publications
       order by consumer_id, provider_id, consumer_version_id desc)
     order by consumer.name, provider.name`,
  )
}

/** The last publication before this one whose content differs. */
export async function previousDistinct(sql: Sql, publication: Publication): Promise<Publication | undefined> {
  const [found] = await sql.rows<Publication>(
    `${selectPublications} where pub.consumer_id = $1 and pub.provider_id = $2 and pub.consumer_version_id < $3
       and pub.pact_content_id <> $4 order by pub.consumer_version_id desc limit 1`,
    [publication.consumerId, publication.providerId, publication.consumerVersionId, publication.contentId],
  )
  return found
}

/** The last publication of a content. */
export async function publicationOfContent(sql: Sql, edge: Edge, sha: string): Promise<Publication | undefined> {
  const [found] = await sql.rows<Publication>(
    `${selectPublications} where consumer.name = $1 and provider.name = $2 and content.sha = $3 order by cv.id desc limit 1`,
    [edge.consumer, edge.provider, sha],
  )
  return found
}

/** The text of a content, as it was published first. */
export async function contentText(sql: Sql, contentId: number): Promise<string> {
  const [found] = await sql.rows<{ content: string }>('select content from pact_contents where id = $1', [contentId])
  return found?.content ?? '{}'
}

export type NewPublication = Readonly<{
  consumerId: number
  providerId: number
  consumerVersionId: number
  sha: string
  content: string
}>

/** Keeps a pact for a consumer version; another content for the same version is its next revision. */
export async function savePublication(sql: Sql, pact: NewPublication): Promise<void> {
  const { consumerId, providerId, consumerVersionId, sha, content } = pact
  await sql.rows(
    `insert into pact_contents (consumer_id, provider_id, sha, content) values ($1, $2, $3, $4) on conflict do nothing`,
    [consumerId, providerId, sha, content],
  )
  await sql.rows(
    `insert into pact_publications (consumer_id, provider_id, consumer_version_id, pact_content_id)
     select consumer_id, provider_id, $3, id from pact_contents where consumer_id = $1 and provider_id = $2 and sha = $4
     on conflict (consumer_version_id, provider_id) do update
       set pact_content_id = excluded.pact_content_id, revision = pact_publications.revision + 1`,
    [consumerId, providerId, consumerVersionId, sha],
  )
}

export async function deletePublication(sql: Sql, id: number): Promise<void> {
  await sql.rows('delete from pact_publications where id = $1', [id])
}
