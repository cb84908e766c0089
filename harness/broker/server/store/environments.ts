import type { Sql } from './database.ts'

export type Environment = Readonly<{
  id: number
  uuid: string
  name: string
  displayName: string | null
  production: boolean
  contacts: unknown
  createdAt: Date
  updatedAt: Date
}>

export type EnvironmentFields = Readonly<{
  name: string
  displayName?: string | null | undefined
  production: boolean
  contacts?: unknown
}>

const select = `select id, uuid, name, display_name as "displayName", production, contacts, created_at as "createdAt",
  updated_at as "updatedAt" from environments`

export async function listEnvironments(sql: Sql): Promise<readonly Environment[]> {
  return sql.rows<Environment>(`${select} order by lower(coalesce(display_name, name))`)
}

/** Finds an environment by its UUID or by its name. */
export async function findEnvironment(
  sql: Sql,
  by: Readonly<{ uuid: string } | { name: string }>,
): Promise<Environment | undefined> {
  const [column, value] = 'uuid' in by ? ['uuid::text', by.uuid] : ['name', by.name]
  const [found] = await sql.rows<Environment>(`${select} where ${column} = $1`, [value])
  return found
}

/** Makes or changes the environment of a UUID. */
export async function saveEnvironment(sql: Sql, uuid: string, fields: EnvironmentFields): Promise<void> {
  const { name, displayName, production, contacts } = fields
  await sql.rows(
    `insert into environments (uuid, name, display_name, production, contacts) values ($1, $2, $3, $4, $5)
     on conflict (uuid) do update set name = excluded.name, display_name = excluded.display_name,
       production = excluded.production, contacts = excluded.contacts, updated_at = now()`,
    [uuid, name, displayName ?? null, production, contacts === undefined ? null : JSON.stringify(contacts)],
  )
}

export async function deleteEnvironment(sql: Sql, id: number): Promise<void> {
  await sql.rows('delete from environments where id = $1', [id])
}
