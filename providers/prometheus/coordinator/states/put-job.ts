import type { z } from 'zod'
import type { JobStatus } from '#contracts/prometheus/shapes.ts'
import type { Queries } from '#harness/live-kit/database.ts'
import { jobsIn } from '../jobs/jobs.ts'
import { newJob } from './examples.ts'

type Status = z.output<typeof JobStatus>

/** The owner of jobs that are there for the sake of their todos. No state names it. */
export const nobody = 'nobody'

export type WantedJob = Readonly<{ job_id: string; owner: string; name: string; status?: Status | undefined }>

/** Puts a job there as it was created. One that is there for its todos only gets this owner and name, and keeps them. */
export async function putJob(queries: Queries, { job_id, owner, name, status }: WantedJob): Promise<void> {
  const adopted = await queries.query({
    name: 'states.adoptJob',
    text: 'update jobs set owner = $2, swarm_spec = $3 where id = $1 and owner = $4 returning id',
    values: [job_id, owner, JSON.stringify(newJob(name).swarm_spec), nobody],
  })
  if (adopted.length === 0) await addJob(queries, { job_id, owner, name })
  if (status) await setStatus(queries, job_id, status)
}

/** Creates a job under an id of one's own, in the place of one that has it. */
export async function addJob(queries: Queries, { job_id, owner, name }: WantedJob): Promise<void> {
  await queries.query({ name: 'states.removeJob', text: 'delete from jobs where id = $1', values: [job_id] })
  const created = await jobsIn(queries).add(owner, newJob(name))
  // Its todos go with it: they are told who it is before it is.
  await queries.query({
    name: 'states.copyJob',
    text: `insert into jobs (id, owner, swarm_spec, repository, metadata)
      select $2, owner, swarm_spec, repository, metadata from jobs where id = $1`,
    values: [created.job_id, job_id],
  })
  await queries.query({
    name: 'states.moveTodos',
    text: 'update todos set job_id = $2 where job_id = $1',
    values: [created.job_id, job_id],
  })
  await queries.query({ name: 'states.removeJob', text: 'delete from jobs where id = $1', values: [created.job_id] })
}

/** Makes a job one of this status. Where it goes on, its todos stay as they are. */
export async function setStatus(queries: Queries, jobId: string, status: Status): Promise<void> {
  if (status !== 'pending' && status !== 'in_progress') {
    await queries.query({
      name: 'states.endTodos',
      text: 'update todos set status = $2, claim_id = null, lease_expires_at = null where job_id = $1',
      values: [jobId, status === 'completed' ? 'done' : 'failed'],
    })
  }
  await queries.query({
    name: 'states.setStatus',
    text: `update jobs set status = $2, completed_at = case when $2 = 'completed' then now() end where id = $1`,
    values: [jobId, status],
  })
  await recount(queries, jobId)
}

/** Makes a job's counts those of its todos. */
export async function recount(queries: Queries, jobId: string): Promise<void> {
  await queries.query({
    name: 'states.recount',
    text: `update jobs set (planned, done) = (
        select count(*), count(*) filter (where status = 'done') from todos where job_id = $1 and kind = 'work')
      where id = $1`,
    values: [jobId],
  })
}
