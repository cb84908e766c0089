import type { Sql } from './database.ts'
import type { Version } from './versions.ts'

/** Puts a tag on a version. Gives whether it was not there yet. */
export async function addTag(sql: Sql, version: Version, name: string): Promise<boolean> {
  const rows = await sql.rows(
    'insert into tags (version_id, name, pacticipant_id) values ($1, $2, $3) on conflict do nothing returning name',
    [version.id, name, version.pacticipantId],
  )
  return rows.length > 0
}

export async function findTag(sql: Sql, versionId: number, name: string): Promise<Date | undefined> {
  const [found] = await sql.rows<{ at: Date }>(
    'select created_at as at from tags where version_id = $1 and name = $2',
    [versionId, name],
  )
  return found?.at
}

/** Takes a tag off a version. Gives whether it was there. */
export async function removeTag(sql: Sql, versionId: number, name: string): Promise<boolean> {
  const rows = await sql.rows('delete from tags where version_id = $1 and name = $2 returning name', [versionId, name])
  return rows.length > 0
}
