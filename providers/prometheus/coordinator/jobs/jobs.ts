import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { JobResult, JobStatus, NewJob } from '#contracts/prometheus/shapes.ts'
import type { Queries } from '#harness/live-kit/database.ts'
import type { At, Slice } from '../page.ts'
import { jobColumns, jobOf, type Job, type JobRow } from './job-row.ts'

type Status = z.output<typeof JobStatus>
export type Result = z.output<typeof JobResult>

/** The jobs of owners. Each call names the owner: what belongs to another one is not there. */
export type Jobs = Readonly<{
  /** Stores a job and queues its plan. */
  add: (owner: string, job: z.output<typeof NewJob>) => Promise<Job>
  find: (owner: string, id: string) => Promise<Job | undefined>
  /** Newest first. */
  page: (owner: string, at: At & Readonly<{ status?: Status | undefined }>) => Promise<Slice<Job>>
  /** What came of a job that is completed. */
  result: (owner: string, id: string) => Promise<Result | undefined>
}>

type PageRow = { total: number } & (JobRow | { [K in keyof JobRow]: null })
type ResultRow = { completed_at: Date } & (
  | { todo_id: string; output: string; metadata: Record<string, string>; stored_at: Date }
  | { todo_id: null }
)

/** The jobs in a database. */
export function jobsIn(database: Queries): Jobs {
  return {
    async add(owner, { swarm_spec, repository, metadata = {} }) {
      const [row] = await database.query<JobRow>({
        name: 'jobs.add',
        text: `with jobs as (insert into jobs (id, owner, swarm_spec, repository, metadata)
              values ($1, $2, $3, $4, $5) returning *),
            plan as (insert into todos (id, job_id, kind, title, description) select $6, id, 'plan', $7, $8 from jobs)
          select ${jobColumns} from jobs`,
        values: [
          randomUUID(),
          owner,
          ...[swarm_spec, repository, metadata].map((value) => JSON.stringify(value)),
          randomUUID(),
          swarm_spec.name,
          swarm_spec.task,
        ],
      })
      return jobOf(row as JobRow)
    },
    async find(owner, id) {
      const [row] = await database.query<JobRow>({
        name: 'jobs.find',
        text: `select ${jobColumns} from jobs where id = $1 and owner = $2`,
        values: [id, owner],
      })
      return row && jobOf(row)
    },
    async page(owner, { page, per_page, status }) {
      // In one statement, so that the count and the page are of the same moment; a page beyond the end has the count alone.
      const rows = await database.query<PageRow>({
        name: 'jobs.page',
        text: `with page as (select ${jobColumns}, number from jobs
              where owner = $1 and ($2::text is null or status = $2) order by number desc limit $3 offset $4)
          select (select count(*)::int from jobs where owner = $1 and ($2::text is null or status = $2)) as total, page.*
            from (select) as one left join page on true order by number desc`,
        values: [owner, status ?? null, per_page, (page - 1) * per_page],
      })
      return { total: rows[0]?.total ?? 0, items: rows.flatMap((row) => (row.id === null ? [] : [jobOf(row)])) }
    },
    async result(owner, id) {
      const rows = await database.query<ResultRow>({
        name: 'jobs.result',
        text: `with job as (select id, completed_at from jobs where id = $1 and owner = $2 and status = 'completed'),
            stored as (select todo_id, output, results.metadata, stored_at, number
              from todos join results on results.claim_id = todos.result_claim_id
              where todos.job_id = (select id from job) and kind = 'work')
          select completed_at, stored.* from job left join stored on true order by number`,
        values: [id, owner],
      })
      return rows[0] && resultOf(id, rows[0].completed_at, rows)
    },
  }
}

function resultOf(job_id: string, completedAt: Date, rows: readonly ResultRow[]): Result {
  const results = rows.flatMap((row) => {
    if (row.todo_id === null) return []
    const { todo_id, output, metadata, stored_at } = row
    return [{ todo_id, output, metadata, stored_at: stored_at.toISOString() }]
  })
  return { job_id, results, completed_at: completedAt.toISOString() }
}
