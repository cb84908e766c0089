import type { z } from 'zod'
import type { JobStatus } from '#contracts/prometheus/shapes.ts'
import type { Queries } from '#harness/live-kit/database.ts'
import { jobColumns, jobOf, type Job, type JobRow } from './job-row.ts'

export type Ending = Readonly<{
  status: Extract<z.output<typeof JobStatus>, 'failed' | 'cancelled'>
  error: string | null
}>

/**
 * Locks all todos of a job: only then may a transaction end it. In the order of their numbers, so that two that do so
 * do not wait for each other; what each reads afterwards is what the other has left.
 */
export async function lockTodos(transaction: Queries, jobId: string): Promise<void> {
  await transaction.query({
    name: 'jobs.lockTodos',
    text: 'select from todos where job_id = $1 order by number for update',
    values: [jobId],
  })
}

/**
 * Ends a job whose todos are locked: those that are not done have failed, claims on them are over. Undefined, and
 * nothing changes, where it has ended before.
 */
export async function endJob(transaction: Queries, jobId: string, { status, error }: Ending): Promise<Job | undefined> {
  // Todos first, then the job: whoever claims or audits locks them in this order.
  await transaction.query({
    name: 'jobs.stopTodos',
    text: `update todos set status = 'failed', claim_id = null, lease_expires_at = null, updated_at = now()
      from jobs where jobs.id = $1 and jobs.status in ('pending', 'in_progress')
        and todos.job_id = jobs.id and todos.status not in ('done', 'failed')`,
    values: [jobId],
  })
  const [row] = await transaction.query<JobRow>({
    name: 'jobs.end',
    text: `update jobs set status = $2, error = $3, updated_at = now()
      where id = $1 and status in ('pending', 'in_progress') returning ${jobColumns}`,
    values: [jobId, status, error],
  })
  return row && jobOf(row)
}
