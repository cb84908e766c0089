import type { Sql } from './database.ts'
import type { Version } from './versions.ts'

export type Branch = Readonly<{ id: number; name: string; pacticipant: string; createdAt: Date }>

export async function findBranch(sql: Sql, pacticipant: string, name: string): Promise<Branch | undefined> {
  const [found] = await sql.rows<Branch>(
    `select b.id, b.name, p.name as pacticipant, b.created_at as "createdAt"
     from branches b join pacticipants p on p.id = b.pacticipant_id where p.name = $1 and b.name = $2`,
    [pacticipant, name],
  )
  return found
}

export async function listBranches(sql: Sql, pacticipantId: number): Promise<readonly Branch[]> {
  return sql.rows<Branch>(
    `select b.id, b.name, p.name as pacticipant, b.created_at as "createdAt"
     from branches b join pacticipants p on p.id = b.pacticipant_id where p.id = $1 order by b.created_at desc, b.id desc`,
    [pacticipantId],
  )
}

/** Whether a version is on a branch. */
export async function isOnBranch(sql: Sql, versionId: number, branch: string): Promise<boolean> {
  const rows = await sql.rows(
    'select from branch_versions bv join branches b on b.id = bv.branch_id where bv.version_id = $1 and b.name = $2',
    [versionId, branch],
  )
  return rows.length > 0
}

/**
 * Puts a version on a branch, made where there is none. The first branch called main, master or develop becomes the main one
 * of a pacticipant that has none, as in the Pact Broker. Gives whether the version was not on it yet.
 */
export async function addToBranch(sql: Sql, version: Version, name: string): Promise<boolean> {
  const { pacticipantId } = version
  await sql.rows('insert into branches (pacticipant_id, name) values ($1, $2) on conflict do nothing', [
    pacticipantId,
    name,
  ])
  const added = await sql.rows(
    `insert into branch_versions (branch_id, version_id)
     select id, $3 from branches where pacticipant_id = $1 and name = $2 on conflict do nothing returning branch_id`,
    [pacticipantId, name, version.id],
  )
  await sql.rows(
    `update branches set head_version_id = greatest(coalesce(head_version_id, 0), $3)
     where pacticipant_id = $1 and name = $2`,
    [pacticipantId, name, version.id],
  )
  if (['main', 'master', 'develop'].includes(name))
    await sql.rows('update pacticipants set main_branch = $2 where id = $1 and main_branch is null', [
      pacticipantId,
      name,
    ])
  return added.length > 0
}

/** Deletes a branch; its versions stay. */
export async function deleteBranch(sql: Sql, id: number): Promise<void> {
  await sql.rows('delete from branches where id = $1', [id])
}
