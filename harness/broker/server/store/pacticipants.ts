import type { Sql } from './database.ts'

/** An application that publishes pacts or verifies them. */
export type Pacticipant = Readonly<{
  id: number
  name: string
  displayName: string | null
  mainBranch: string | null
  repositoryUrl: string | null
  repositoryName: string | null
  repositoryNamespace: string | null
  createdAt: Date
  updatedAt: Date
}>

/** What may be said of a pacticipant; null takes it back. */
export type PacticipantFields = Readonly<{
  displayName?: string | null | undefined
  mainBranch?: string | null | undefined
  repositoryUrl?: string | null | undefined
  repositoryName?: string | null | undefined
  repositoryNamespace?: string | null | undefined
}>

const columns = `id, name, display_name as "displayName", main_branch as "mainBranch", repository_url as "repositoryUrl",
  repository_name as "repositoryName", repository_namespace as "repositoryNamespace", created_at as "createdAt",
  updated_at as "updatedAt"`

export async function findPacticipant(sql: Sql, name: string): Promise<Pacticipant | undefined> {
  const [found] = await sql.rows<Pacticipant>(`select ${columns} from pacticipants where name = $1`, [name])
  return found
}

export async function listPacticipants(sql: Sql): Promise<readonly Pacticipant[]> {
  return sql.rows<Pacticipant>(`select ${columns} from pacticipants order by lower(name), name`)
}

/** The pacticipant of this name, made where there is none. */
export async function ensurePacticipant(sql: Sql, name: string): Promise<Pacticipant> {
  await sql.rows('insert into pacticipants (name) values ($1) on conflict do nothing', [name])
  return found(await findPacticipant(sql, name), name)
}

const fieldColumns: Readonly<Record<keyof PacticipantFields, string>> = {
  displayName: 'display_name',
  mainBranch: 'main_branch',
  repositoryUrl: 'repository_url',
  repositoryName: 'repository_name',
  repositoryNamespace: 'repository_namespace',
}

/** Changes the fields that are given; with `replace` those that are not given are emptied. */
export async function updatePacticipant(
  sql: Sql,
  name: string,
  { fields, replace }: { fields: PacticipantFields; replace: boolean },
): Promise<Pacticipant> {
  const names = Object.keys(fieldColumns) as (keyof PacticipantFields)[]
  for (const field of names.filter((one) => replace || fields[one] !== undefined)) {
    await sql.rows(`update pacticipants set ${fieldColumns[field]} = $2, updated_at = now() where name = $1`, [
      name,
      fields[field] ?? null,
    ])
  }
  return found(await findPacticipant(sql, name), name)
}

export async function deletePacticipant(sql: Sql, name: string): Promise<void> {
  await sql.rows('delete from pacticipants where name = $1', [name])
}

export async function labelsOf(sql: Sql, pacticipantId: number): Promise<readonly string[]> {
  const rows = await sql.rows<{ name: string }>('select name from labels where pacticipant_id = $1 order by name', [
    pacticipantId,
  ])
  return rows.map(({ name }) => name)
}

export async function addLabel(sql: Sql, pacticipantId: number, label: string): Promise<void> {
  await sql.rows('insert into labels (pacticipant_id, name) values ($1, $2) on conflict do nothing', [
    pacticipantId,
    label,
  ])
}

/** Gives whether it was there. */
export async function removeLabel(sql: Sql, pacticipantId: number, label: string): Promise<boolean> {
  const rows = await sql.rows('delete from labels where pacticipant_id = $1 and name = $2 returning name', [
    pacticipantId,
    label,
  ])
  return rows.length > 0
}

function found(pacticipant: Pacticipant | undefined, name: string): Pacticipant {
  if (pacticipant) return pacticipant
  throw new Error(`the pacticipant "${name}" was deleted meanwhile. Send the request again.`)
}
