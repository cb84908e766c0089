import type { Sql } from './database.ts'

/** One version of a pacticipant. A higher id is a later version. */
export type Version = Readonly<{
  id: number
  pacticipantId: number
  pacticipant: string
  number: string
  buildUrl: string | null
  createdAt: Date
}>

/** A branch that a version is on; the head is its last version. */
export type BranchOfVersion = Readonly<{ name: string; head: boolean; main: boolean }>

/** Where a version is on branches, under tags and in environments. */
export type Whereabouts = Readonly<{
  branches: readonly BranchOfVersion[]
  tags: readonly Readonly<{ name: string; latest: boolean }>[]
  environments: readonly Readonly<{ uuid: string; name: string; displayName: string | null; production: boolean }>[]
}>

const select = `select v.id, v.pacticipant_id as "pacticipantId", p.name as pacticipant, v.number,
  v.build_url as "buildUrl", v.created_at as "createdAt" from versions v join pacticipants p on p.id = v.pacticipant_id`

export async function findVersion(sql: Sql, pacticipant: string, number: string): Promise<Version | undefined> {
  const [found] = await sql.rows<Version>(`${select} where p.name = $1 and v.number = $2`, [pacticipant, number])
  return found
}

/** Versions by their ids, in no order. */
export async function versionsById(sql: Sql, ids: readonly number[]): Promise<readonly Version[]> {
  return sql.rows<Version>(`${select} where v.id = any($1::int[])`, [ids])
}

/** One page of the versions of a pacticipant, the last one first; pages count from 1. */
export async function listVersions(
  sql: Sql,
  pacticipantId: number,
  { page, size }: Readonly<{ page: number; size: number }>,
): Promise<readonly Version[]> {
  return sql.rows<Version>(`${select} where v.pacticipant_id = $1 order by v.id desc limit $2 offset $3`, [
    pacticipantId,
    size,
    (page - 1) * size,
  ])
}

/** The last version of a pacticipant, under a tag or on a branch where one is named. */
export async function latestVersion(
  sql: Sql,
  pacticipantId: number,
  on: Readonly<{ tag?: string | undefined; branch?: string | undefined }> = {},
): Promise<Version | undefined> {
  const values: unknown[] = [pacticipantId]
  let where = ''
  if (on.tag !== undefined) {
    values.push(on.tag)
    where += ` and exists (select from tags t where t.version_id = v.id and t.name = $${values.length})`
  }
  if (on.branch !== undefined) {
    values.push(on.branch)
    where += ` and exists (select from branch_versions bv join branches b on b.id = bv.branch_id
      where bv.version_id = v.id and b.name = $${values.length})`
  }
  const [found] = await sql.rows<Version>(
    `${select} where v.pacticipant_id = $1${where} order by v.id desc limit 1`,
    values,
  )
  return found
}

/** The version of this number, made where there is none; `created` says which. A build URL that is given is kept. */
export async function ensureVersion(
  sql: Sql,
  pacticipant: { id: number; name: string },
  { number, buildUrl }: { number: string; buildUrl?: string | null | undefined },
): Promise<Readonly<{ version: Version; created: boolean }>> {
  const made = await sql.rows(
    'insert into versions (pacticipant_id, number, build_url) values ($1, $2, $3) on conflict do nothing returning id',
    [pacticipant.id, number, buildUrl ?? null],
  )
  if (made.length === 0 && buildUrl !== undefined)
    await sql.rows('update versions set build_url = $3 where pacticipant_id = $1 and number = $2', [
      pacticipant.id,
      number,
      buildUrl,
    ])
  const version = await findVersion(sql, pacticipant.name, number)
  if (!version) throw new Error(`version ${number} of ${pacticipant.name} was deleted meanwhile. Send it again.`)
  return { version, created: made.length > 0 }
}

/** Deletes a version with its pacts and results; its branches have the version before it as their head then. */
export async function deleteVersion(sql: Sql, id: number): Promise<void> {
  await sql.rows('delete from versions where id = $1', [id])
  await sql.rows(
    `update branches b set head_version_id = (select max(version_id) from branch_versions where branch_id = b.id)
     where head_version_id is null`,
  )
}

/** Branches, tags and environments of many versions at once, by version id. */
export async function whereaboutsOf(sql: Sql, ids: readonly number[]): Promise<ReadonlyMap<number, Whereabouts>> {
  const wanted = [[...new Set(ids)]]
  const [branches, tags, environments] = await Promise.all([
    sql.rows<BranchOfVersion & { id: number }>(
      `select bv.version_id as id, b.name, b.head_version_id = bv.version_id as head, p.main_branch is not distinct from b.name as main
       from branch_versions bv join branches b on b.id = bv.branch_id join pacticipants p on p.id = b.pacticipant_id
       where bv.version_id = any($1::int[]) order by b.name`,
      wanted,
    ),
    sql.rows<{ id: number; name: string; latest: boolean }>(
      `select t.version_id as id, t.name, not exists (select from tags later where later.pacticipant_id = t.pacticipant_id
         and later.name = t.name and later.version_id > t.version_id) as latest
       from tags t where t.version_id = any($1::int[]) order by t.name`,
      wanted,
    ),
    sql.rows<Whereabouts['environments'][number] & { id: number }>(
      `select distinct w.version_id as id, e.uuid, e.name, e.display_name as "displayName", e.production
       from (select version_id, environment_id from deployed_versions where undeployed_at is null
             union select version_id, environment_id from released_versions where support_ended_at is null) w
       join environments e on e.id = w.environment_id where w.version_id = any($1::int[]) order by e.name`,
      wanted,
    ),
  ])
  const of = <Row extends { id: number }>(rows: readonly Row[]): Map<number, Row[]> => Map.groupBy(rows, ({ id }) => id)
  const byVersion = { branches: of(branches), tags: of(tags), environments: of(environments) }
  return new Map(
    [...new Set(ids)].map((id) => [
      id,
      {
        branches: byVersion.branches.get(id) ?? [],
        tags: byVersion.tags.get(id) ?? [],
        environments: byVersion.environments.get(id) ?? [],
      },
    ]),
  )
}
