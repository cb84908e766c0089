import type { Sql } from '../store/database.ts'
import type { MatrixQuery } from './matrix-query.ts'
import type { ResolvedSelector } from './resolve.ts'

/** One line of the matrix: a consumer version's pact, and what became of it with a provider version, if anything did. */
export type MatrixRow = Readonly<{
  consumer: string
  consumerVersionId: number
  consumerVersion: string
  provider: string
  providerVersionId: number | null
  providerVersion: string | null
  sha: string
  publishedAt: Date
  success: boolean | null
  verificationNumber: number | null
  verifiedAt: Date | null
  buildUrl: string | null
}>

const noVersion = -1

/**
 * Reads the rows that selectors stand for, the last event first. A pact that none of the selected provider versions verified has a
 * row without provider version.
 */
export async function matrixRows(
  sql: Sql,
  selectors: readonly ResolvedSelector[],
  { latestBy, success, limit }: Pick<MatrixQuery, 'latestBy' | 'success' | 'limit'>,
): Promise<readonly MatrixRow[]> {
  const values: unknown[] = []
  const value = (given: unknown): string => `$${values.push(given)}`
  const pairs = selectors.length === 1 ? oneSelector(selectors, value) : manySelectors(selectors, value)
  const rows = await sql.rows<MatrixRow>(
    `with pairs as (${pairs}), latest as (${latestOnly(latestBy)})
     select consumer.name as consumer, pairs.consumer_version_id as "consumerVersionId", cv.number as "consumerVersion",
       provider.name as provider, pairs.provider_version_id as "providerVersionId", pv.number as "providerVersion",
       content.sha, pairs.published_at as "publishedAt", ver.success, ver.number as "verificationNumber",
       ver.created_at as "verifiedAt", ver.build_url as "buildUrl"
     from latest pairs
     join pacticipants consumer on consumer.id = pairs.consumer_id
     join pacticipants provider on provider.id = pairs.provider_id
     join versions cv on cv.id = pairs.consumer_version_id
     join pact_contents content on content.id = pairs.pact_content_id
     left join verifications ver on ver.number = pairs.verification_number
     left join versions pv on pv.id = pairs.provider_version_id
     ${successFilter(success, value)}
     order by greatest(pairs.published_at, ver.created_at) desc, pairs.publication_id desc, ver.number desc nulls last
     ${limit === undefined ? '' : `limit ${value(limit)}`}`,
    values,
  )
  return rows
}

type Value = (given: unknown) => string

const columns = `pub.consumer_id, pub.provider_id, pub.consumer_version_id, pub.pact_content_id, pub.id as publication_id,
  pub.created_at as published_at, lv.provider_version_id, lv.verification_number`

/** Everything that touches the one selector: its pacts with all their results, and the pacts that it verified. */
function oneSelector(selectors: readonly ResolvedSelector[], value: Value): string {
  const { all, some } = idsOf(selectors)
  return `select ${columns} from pact_publications pub
      left join latest_verifications lv on lv.pact_content_id = pub.pact_content_id
      where pub.consumer_id = any(${value(all)}::int[]) or pub.consumer_version_id = any(${value(some)}::int[])
    union select ${columns} from latest_verifications lv
      join pact_publications pub on pub.pact_content_id = lv.pact_content_id
      where pub.provider_id = any(${value(all)}::int[]) or lv.provider_version_id = any(${value(some)}::int[])`
}

/** What lies between the selected versions; of it, what touches one that was named. Each of them counts only once it is selected. */
function manySelectors(selectors: readonly ResolvedSelector[], value: Value): string {
  const { all, some } = idsOf(selectors)
  const everybody = value([...new Set(selectors.map(({ pacticipant }) => pacticipant.id))])
  const named = value([...new Set(selectors.flatMap((one) => (one.named ? [one.pacticipant.id] : [])))])
  const [allIds, someIds] = [value(all), value(some)]
  return `select ${columns} from pact_publications pub
      left join latest_verifications lv on lv.pact_content_id = pub.pact_content_id
        and (lv.provider_version_id = any(${someIds}::int[]) or pub.provider_id = any(${allIds}::int[]))
      where (pub.consumer_version_id = any(${someIds}::int[]) or pub.consumer_id = any(${allIds}::int[]))
        and pub.provider_id = any(${everybody}::int[])
        and (pub.consumer_id = any(${named}::int[]) or pub.provider_id = any(${named}::int[]))`
}

/** Pacticipants all of whose versions are meant, and versions that are meant; one that matches nothing where none is. */
function idsOf(selectors: readonly ResolvedSelector[]): { all: number[]; some: number[] } {
  const all = selectors.flatMap(({ pacticipant, versions }) => (versions.kind === 'all' ? [pacticipant.id] : []))
  const some = selectors.flatMap(({ versions }) =>
    versions.kind === 'some' ? versions.versions.map(({ id }) => id) : [],
  )
  return { all, some: some.length === 0 ? [noVersion] : some }
}

const groups = {
  cvpv: 'consumer_id, provider_id, consumer_version_id, provider_version_id',
  cvp: 'consumer_id, provider_id, consumer_version_id',
  cp: 'consumer_id, provider_id',
} as const

function latestOnly(latestBy: MatrixQuery['latestBy']): string {
  if (latestBy === undefined) return 'select * from pairs'
  const group = groups[latestBy]
  const newest = latestBy === 'cp' ? 'consumer_version_id desc, ' : ''
  return `select distinct on (${group}) * from pairs order by ${group}, ${newest}verification_number desc nulls last`
}

function successFilter(success: MatrixQuery['success'], value: Value): string {
  if (success === undefined) return ''
  const known = success.filter((one) => one !== null)
  return `where ver.success = any(${value(known)}::boolean[])${success.includes(null) ? ' or ver.success is null' : ''}`
}
