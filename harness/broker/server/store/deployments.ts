import type { Sql } from './database.ts'

/** A version in an environment: deployed to it (one at a time for each instance), or released to it (many at a time). */
export type Presence = Readonly<{
  uuid: string
  versionId: number
  version: string
  pacticipant: string
  environment: string
  environmentUuid: string
  applicationInstance: string | null
  current: boolean
  createdAt: Date
  endedAt: Date | null
}>

export type PresenceKind = 'deployed' | 'released'

const tables = {
  deployed: { table: 'deployed_versions', ended: 'undeployed_at', instance: 'w.application_instance' },
  released: { table: 'released_versions', ended: 'support_ended_at', instance: 'null' },
} as const

function select(kind: PresenceKind): string {
  const { table, ended, instance } = tables[kind]
  return `select w.uuid, w.version_id as "versionId", v.number as version, p.name as pacticipant, e.name as environment,
    e.uuid as "environmentUuid", ${instance} as "applicationInstance", w.${ended} is null as current,
    w.created_at as "createdAt", w.${ended} as "endedAt"
  from ${table} w join versions v on v.id = w.version_id join pacticipants p on p.id = w.pacticipant_id
  join environments e on e.id = w.environment_id`
}

/** What is asked of versions in environments; everything left out matches. */
export type PresenceFilter = Readonly<{
  environmentUuid?: string | undefined
  versionId?: number | undefined
  pacticipant?: string | undefined
  version?: string | undefined
  applicationInstance?: string | undefined
  current?: boolean
}>

export async function listPresences(
  sql: Sql,
  kind: PresenceKind,
  filter: PresenceFilter,
): Promise<readonly Presence[]> {
  const values: unknown[] = []
  const where = ['true']
  const equal = (column: string, value: unknown): void => {
    if (value !== undefined) where.push(`${column} = $${values.push(value)}`)
  }
  equal('e.uuid::text', filter.environmentUuid)
  equal('w.version_id', filter.versionId)
  equal('p.name', filter.pacticipant)
  equal('v.number', filter.version)
  if (kind === 'deployed') equal('w.application_instance', filter.applicationInstance)
  if (filter.current) where.push(`w.${tables[kind].ended} is null`)
  return sql.rows<Presence>(`${select(kind)} where ${where.join(' and ')} order by w.id desc`, values)
}

export async function findPresence(sql: Sql, kind: PresenceKind, uuid: string): Promise<Presence | undefined> {
  const [found] = await sql.rows<Presence>(`${select(kind)} where w.uuid::text = $1`, [uuid])
  return found
}

type Place = Readonly<{ versionId: number; pacticipantId: number; environmentId: number }>

/** Records a deployment, which replaces what the same instance of the pacticipant had there. Gives its UUID. */
export async function recordDeployment(
  sql: Sql,
  { versionId, pacticipantId, environmentId, instance }: Place & { instance: string | null },
): Promise<string> {
  await sql.rows(
    `update deployed_versions set undeployed_at = now() where pacticipant_id = $1 and environment_id = $2
       and coalesce(application_instance, '') = coalesce($3, '') and undeployed_at is null`,
    [pacticipantId, environmentId, instance],
  )
  const [made] = await sql.rows<{ uuid: string }>(
    `insert into deployed_versions (version_id, pacticipant_id, environment_id, application_instance)
     values ($1, $2, $3, $4) returning uuid`,
    [versionId, pacticipantId, environmentId, instance],
  )
  return made?.uuid ?? ''
}

/** Records a release, beside others that are supported there. One that had ended is supported again. Gives its UUID. */
export async function recordRelease(sql: Sql, { versionId, pacticipantId, environmentId }: Place): Promise<string> {
  const [made] = await sql.rows<{ uuid: string }>(
    `insert into released_versions (version_id, pacticipant_id, environment_id) values ($1, $2, $3)
     on conflict (version_id, environment_id) do update set support_ended_at = null returning uuid`,
    [versionId, pacticipantId, environmentId],
  )
  return made?.uuid ?? ''
}

/** Ends or takes up again that a version is in an environment. */
export async function setCurrent(
  sql: Sql,
  kind: PresenceKind,
  { uuid, current }: { uuid: string; current: boolean },
): Promise<void> {
  const { table, ended } = tables[kind]
  const value = current ? 'null' : `coalesce(${ended}, now())`
  await sql.rows(`update ${table} set ${ended} = ${value} where uuid::text = $1`, [uuid])
}
