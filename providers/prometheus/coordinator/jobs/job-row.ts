import type { z } from 'zod'
import type { Job as JobShape } from '#contracts/prometheus/shapes.ts'

export type Job = z.output<typeof JobShape>

export type JobRow = Pick<Job, 'status' | 'swarm_spec' | 'repository' | 'metadata' | 'error'> & {
  id: string
  planned: number
  done: number
  created_at: Date
  updated_at: Date
}

/** What a job is read from, of the table `jobs`. */
export const jobColumns =
  'jobs.id, jobs.status, jobs.swarm_spec, jobs.repository, jobs.metadata, jobs.error, ' +
  'jobs.planned, jobs.done, jobs.created_at, jobs.updated_at'

/** A job as the contract has it. */
export function jobOf({ id, planned, done, created_at, updated_at, ...row }: JobRow): Job {
  return {
    job_id: id,
    status: row.status,
    progress: progressOf(row.status, done, planned),
    swarm_spec: row.swarm_spec,
    repository: row.repository,
    metadata: row.metadata,
    error: row.error,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }
}

/** The share of planned todos that are done; 0 without any. */
function progressOf(status: Job['status'], done: number, planned: number): number {
  if (status === 'completed') return 1
  return planned === 0 ? 0 : done / planned
}
