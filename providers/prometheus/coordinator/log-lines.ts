import type { z } from 'zod'
import type { LogEntry } from '#contracts/prometheus/shapes.ts'
import type { Queries } from '#harness/live-kit/database.ts'

/** Lines of containers. */
export type LogLines = Readonly<{ add: (entries: readonly z.output<typeof LogEntry>[]) => Promise<void> }>

/** The lines in a database. */
export function logLinesIn(database: Queries): LogLines {
  return {
    async add(entries) {
      await database.query({
        name: 'logLines.add',
        text: `insert into logs (task_id, level, message, logged_at)
          select * from unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])`,
        values: [
          entries.map(({ task_id }) => task_id),
          entries.map(({ level }) => level),
          entries.map(({ message }) => message),
          entries.map(({ timestamp }) => timestamp),
        ],
      })
    },
  }
}
