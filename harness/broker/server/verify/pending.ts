import type { Sql } from '../store/database.ts'

/** The provider that asks: the branch or the tags that its results will have. */
export type ProviderPlace = Readonly<{ provider: string; branch: string | undefined; tags: readonly string[] }>

/**
 * For which of its places a provider has not yet verified a content: those of them by name, or the provider itself where it
 * names none. An empty list is a pact that is not pending. A result that another branch had published before this one began
 * counts too: the branch began with it.
 */
export async function pendingFor(sql: Sql, contentId: number, place: ProviderPlace): Promise<readonly string[]> {
  if (place.branch !== undefined)
    return (await isVerified(sql, contentId, { ...place, kind: 'branch', name: place.branch })) ? [] : [place.branch]
  if (place.tags.length === 0)
    return (await isVerified(sql, contentId, { ...place, kind: 'any', name: '' })) ? [] : [place.provider]
  const pending: string[] = []
  for (const name of place.tags)
    if (!(await isVerified(sql, contentId, { ...place, kind: 'tag', name }))) pending.push(name)
  return pending
}

type Where = Readonly<{ provider: string; kind: 'branch' | 'tag' | 'any'; name: string }>

const onPlace = {
  branch: `exists (select from branch_versions bv join branches b on b.id = bv.branch_id
    where bv.version_id = ver.provider_version_id and b.name = $2)`,
  tag: 'exists (select from tags t where t.version_id = ver.provider_version_id and t.name = $2)',
  any: '$2::text is not null',
} as const

/** Since when there is a place; null where there is none yet, and everything was before it. */
const began = {
  branch: `(select b.created_at from branches b join pacticipants p on p.id = b.pacticipant_id
    where p.name = $3 and b.name = $2)`,
  tag: `(select min(t.created_at) from tags t join pacticipants p on p.id = t.pacticipant_id
    where p.name = $3 and t.name = $2)`,
  any: 'null',
} as const

/** Results of another place of the same kind: those without any branch or tag say nothing of branches and tags. */
const elsewhere = {
  branch: `exists (select from branch_versions bv join branches b on b.id = bv.branch_id
    where bv.version_id = ver.provider_version_id and b.name <> $2)`,
  tag: 'exists (select from tags t where t.version_id = ver.provider_version_id and t.name <> $2)',
  any: 'false',
} as const

async function isVerified(sql: Sql, contentId: number, { provider, kind, name }: Where): Promise<boolean> {
  const [found] = await sql.rows<{ verified: boolean }>(
    `select exists (select from verifications ver where ver.pact_content_id = $1 and ver.success and (
       ${onPlace[kind]} or (${elsewhere[kind]}
         and ver.created_at < coalesce(${began[kind]}, 'infinity'::timestamptz)))) and $3::text is not null as verified`,
    [contentId, name, provider],
  )
  return found?.verified ?? false
}
