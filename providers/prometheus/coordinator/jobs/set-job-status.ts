import { Refusal } from '#harness/contract/error-shape.ts'
import type { Database } from '#harness/live-kit/database.ts'
import { notFound } from '../refusals.ts'
import { endJob, lockTodos, type Ending } from './end-job.ts'
import type { Job } from './job-row.ts'
import { jobsIn } from './jobs.ts'

/**
 * Ends an owner's job. The same status again changes nothing.
 * @throws Refusal with 404 where the owner has no such job, 409 `job_ended` where it has ended in another way.
 */
export function setJobStatus(
  database: Database,
  { owner, id }: Readonly<{ owner: string; id: string }>,
  ending: Ending,
): Promise<Job> {
  return database.transaction(async (transaction) => {
    const jobs = jobsIn(transaction)
    if (!(await jobs.find(owner, id))) throw notFound('job')
    await lockTodos(transaction, id)
    const ended = (await endJob(transaction, id, ending)) ?? (await jobs.find(owner, id))
    if (ended?.status === ending.status) return ended
    throw new Refusal(409, 'job_ended', { message: `The job is ${ended?.status} already.` })
  })
}
