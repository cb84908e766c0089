import type { Sql } from '../store/database.ts'

/** Whether a publication brings a content that was not there before, and why that is said. */
export type PactChange = Readonly<{ changed: true; reason: string } | { changed: false }>

type Published = Readonly<{
  consumerId: number
  providerId: number
  versionId: number
  sha: string
  branch: string | undefined
  tags: readonly string[]
  /** Whether the version has this content for the first time, or is new where it is. */
  isNewPlace: boolean
}>

/**
 * Compares a pact with the last one before it in the same place: its branch, each of its tags, or all of them where it has
 * neither. Ask before it is saved.
 */
export async function changesOf(sql: Sql, published: Published): Promise<PactChange> {
  if (!published.isNewPlace) return { changed: false }
  const { branch, tags } = published
  const places = [
    ...(branch === undefined ? [] : [{ where: inBranch, name: branch, words: `from branch ${branch}` }]),
    ...tags.map((tag) => ({ where: underTag, name: tag, words: `with tag ${tag}` })),
    ...(branch === undefined && tags.length === 0 ? [{ where: anywhere, name: '', words: 'of any version' }] : []),
  ]
  for (const { where, name, words } of places) {
    const [previous] = await sql.rows<{ sha: string }>(
      `select content.sha from pact_publications pub join pact_contents content on content.id = pub.pact_content_id
       where pub.consumer_id = $1 and pub.provider_id = $2 and pub.consumer_version_id <> $3 and ($4::text is not null) and ${where}
       order by pub.consumer_version_id desc limit 1`,
      [published.consumerId, published.providerId, published.versionId, name],
    )
    if (!previous) return { changed: true, reason: `first pact ${words}` }
    if (previous.sha !== published.sha)
      return { changed: true, reason: `pact content has changed since the last pact ${words}` }
  }
  return { changed: false }
}

const anywhere = 'true'
const inBranch = `exists (select from branch_versions bv join branches b on b.id = bv.branch_id
  where bv.version_id = pub.consumer_version_id and b.name = $4)`
const underTag = 'exists (select from tags t where t.version_id = pub.consumer_version_id and t.name = $4)'
