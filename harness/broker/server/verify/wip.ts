import type { Sql } from '../store/database.ts'
import { selectPublications, type Publication } from '../store/publications.ts'
import type { ProviderPlace } from './pending.ts'
import { mergeSelected, type SelectedPact } from './selected-pact.ts'

/**
 * Pacts that are work in progress: the last one of each consumer branch and tag that was published since a date, was not asked
 * for, and has no result yet that made it more than that, on the provider's branch (or on each of its tags). Results that were
 * got while it was work in progress do not end it.
 */
export async function workInProgress(
  sql: Sql,
  place: ProviderPlace,
  { since, selected }: { since: string; selected: readonly SelectedPact[] },
): Promise<readonly SelectedPact[]> {
  const places = place.branch === undefined ? place.tags : [place.branch]
  if (places.length === 0) return []
  const candidates = await heads(sql, place.provider, since)
  const asked = new Set(selected.map(({ publication }) => publication.contentId))
  const open: SelectedPact[] = []
  for (const candidate of candidates) {
    if (asked.has(candidate.publication.contentId)) continue
    if (await isOpen(sql, candidate.publication, { place, places })) open.push(candidate)
  }
  return mergeSelected(open)
}

async function heads(sql: Sql, provider: string, since: string): Promise<readonly SelectedPact[]> {
  const branchHeads = await sql.rows<Publication & { name: string }>(
    `${selectPublications.replace('select ', 'select b.name, ')} join branches b on b.head_version_id = cv.id
     where provider.name = $1 and pub.created_at >= $2::timestamptz`,
    [provider, since],
  )
  const tagHeads = await sql.rows<Publication & { name: string }>(
    `select * from (${selectPublications.replace('select ', 'select distinct on (consumer.id, t.name) t.name, ')}
       join tags t on t.version_id = cv.id where provider.name = $1 order by consumer.id, t.name, cv.id desc) last
     where last."createdAt" >= $2::timestamptz`,
    [provider, since],
  )
  return [
    ...branchHeads.map(({ name, ...publication }) => selectedOf(publication, { kind: 'branch', branch: name })),
    ...tagHeads.map(({ name, ...publication }) => selectedOf(publication, { kind: 'tag', tag: name, latest: true })),
  ]
}

function selectedOf(publication: Publication, place: SelectedPact['reasons'][number]['place']): SelectedPact {
  return { publication, reasons: [{ consumerVersion: publication.consumerVersion, ofConsumer: false, place }] }
}

/** Whether a pact is still work in progress for any of the places. */
async function isOpen(
  sql: Sql,
  { contentId }: Publication,
  { place, places }: { place: ProviderPlace; places: readonly string[] },
): Promise<boolean> {
  const names =
    place.branch === undefined
      ? 'select t.version_id, t.name from tags t'
      : 'select bv.version_id, b.name from branch_versions bv join branches b on b.id = bv.branch_id'
  const began =
    place.branch === undefined
      ? 'select min(t.created_at) from tags t join pacticipants p on p.id = t.pacticipant_id where p.name = $3 and t.name = wanted.name'
      : 'select b.created_at from branches b join pacticipants p on p.id = b.pacticipant_id where p.name = $3 and b.name = wanted.name'
  const rows = await sql.rows(
    `select wanted.name from unnest($2::text[]) wanted(name) where not exists (
       select from verifications ver join (${names}) places on places.version_id = ver.provider_version_id
       where ver.pact_content_id = $1 and ver.success and not ver.wip and (places.name = wanted.name
         or ver.created_at < coalesce((${began}), 'infinity'::timestamptz)))`,
    [contentId, places, place.provider],
  )
  return rows.length > 0
}
