import type { z } from 'zod'
import type { StoredFile as StoredFileShape } from '#contracts/workbench/shapes.ts'
import type { Queries } from '#harness/live-kit/database.ts'

type StoredFile = z.infer<typeof StoredFileShape>

/** What is known of the files that accounts stored; their bytes lie in the storage. */
export type Files = Readonly<{
  add: (ownerId: string, file: Omit<StoredFile, 'created_at'>) => Promise<StoredFile>
  find: (ownerId: string, id: string) => Promise<StoredFile | undefined>
}>

type Row = Omit<StoredFile, 'created_at'> & { created_at: Date }

const columns = 'id, name, media_type, size, path, created_at'

/** The files in a database. */
export function filesIn(database: Queries): Files {
  return {
    async add(ownerId, { id, name, media_type, size, path }) {
      const [row] = await database.query<Row>({
        name: 'files.add',
        text: `insert into files (id, owner_id, name, media_type, size, path) values ($1, $2, $3, $4, $5, $6)
          returning ${columns}`,
        values: [id, ownerId, name, media_type, size, path],
      })
      return fileOf(row as Row)
    },
    async find(ownerId, id) {
      const [row] = await database.query<Row>({
        name: 'files.find',
        text: `select ${columns} from files where owner_id = $1 and id = $2`,
        values: [ownerId, id],
      })
      return row && fileOf(row)
    },
  }
}

function fileOf(row: Row): StoredFile {
  return { ...row, created_at: row.created_at.toISOString() }
}
