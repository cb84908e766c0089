import type { Database, Queries } from '#harness/live-kit/database.ts'
import { endJob, lockTodos } from '../jobs/end-job.ts'

/** Leases, whose end nobody reports: it is found by whoever looks next. */
export type Leases = Readonly<{
  /**
   * Gives back what claims hold whose lease is over: a todo is queued again, an audit freed. After the last attempt the
   * todo has failed, and its job with it.
   */
  settle: () => Promise<void>
}>

/** How many leases at a time. */
const batch = 500

/** The leases in a database. */
export function leasesIn(database: Database, maxAttempts: number): Leases {
  async function settle(): Promise<void> {
    const due = await database.query<{ job_id: string; has_failed: boolean }>({
      name: 'leases.settle',
      text: `with due as (select id, job_id, status = 'submitted' as is_audit, attempts >= $1 as was_last
            from todos where lease_expires_at <= now() order by lease_expires_at limit $2 for update skip locked),
          freed as (update todos set claim_id = null, lease_expires_at = null,
              status = case when is_audit then 'submitted' else 'queued' end,
              updated_at = case when is_audit then updated_at else lease_expires_at end
            from due where todos.id = due.id and (is_audit or not was_last))
        select job_id, was_last and not is_audit as has_failed from due`,
      values: [maxAttempts, batch],
    })
    const failed = new Set(due.flatMap(({ job_id, has_failed }) => (has_failed ? [job_id] : [])))
    for (const jobId of failed) await database.transaction((queries) => failJob(queries, jobId, maxAttempts))
    if (due.length === batch) await settle()
  }
  return { settle }
}

async function failJob(transaction: Queries, jobId: string, maxAttempts: number): Promise<void> {
  await lockTodos(transaction, jobId)
  const [todo] = await transaction.query<{ title: string; attempts: number }>({
    name: 'leases.exhausted',
    text: `select title, attempts from todos where job_id = $1 and status in ('claimed', 'in_progress')
      and lease_expires_at <= now() and attempts >= $2 order by number limit 1`,
    values: [jobId, maxAttempts],
  })
  if (!todo) return
  const error = `"${todo.title}" was not done in time, at the last of ${todo.attempts} attempts.`
  await endJob(transaction, jobId, { status: 'failed', error })
}
