import { randomUUID } from 'node:crypto'
import type { Queries } from '#harness/live-kit/database.ts'
import type { ClaimKind } from '../claims/claim-row.ts'
import type { Todo } from '../todos/todo-row.ts'
import { addJob, nobody, recount } from './put-job.ts'

export type WantedTodo = Readonly<{
  todo_id: string
  kind: Todo['kind']
  title: string
  status: 'queued' | 'done'
  /** Without one, the job that it has, or a new one. */
  job_id?: string
}>

/** Puts a todo there, in place of one of the same id, with a job for it to belong to. */
export async function putTodo(queries: Queries, todo: WantedTodo): Promise<void> {
  const jobId = todo.job_id ?? (await jobOf(queries, todo.todo_id)) ?? randomUUID()
  await queries.query({ name: 'states.removeTodo', text: 'delete from todos where id = $1', values: [todo.todo_id] })
  if (!(await jobExists(queries, jobId))) await addJob(queries, { job_id: jobId, owner: nobody, name: 'A job' })
  await makeRoom(queries, jobId, todo.kind)
  await queries.query({
    name: 'states.putTodo',
    text: `insert into todos (id, job_id, kind, title, description, status, attempts) values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [
      todo.todo_id,
      jobId,
      todo.kind,
      todo.title,
      `What "${todo.title}" is about.`,
      todo.status,
      todo.status === 'done' ? 1 : 0,
    ],
  })
  await recount(queries, jobId)
}

/** A job has one plan; where there is work, that plan is done, and the job in progress. */
async function makeRoom(queries: Queries, jobId: string, kind: Todo['kind']): Promise<void> {
  if (kind === 'plan') {
    await queries.query({
      name: 'states.removePlan',
      text: `delete from todos where job_id = $1 and kind = 'plan'`,
      values: [jobId],
    })
    return
  }
  await queries.query({
    name: 'states.finishPlan',
    text: `update todos set status = 'done', claim_id = null, lease_expires_at = null where job_id = $1 and kind = 'plan'`,
    values: [jobId],
  })
  await begin(queries, jobId)
}

async function begin(queries: Queries, jobId: string): Promise<void> {
  await queries.query({
    name: 'states.begin',
    text: `update jobs set status = 'in_progress' where id = $1 and status = 'pending'`,
    values: [jobId],
  })
}

export type WantedClaim = Readonly<{
  todo_id: string
  claim_id: string
  kind: ClaimKind
  /** The name of the node. */
  by: string
  /** From now on; below zero for a lease that is over. */
  leaseSeconds: number
}>

/** Makes a todo one that this node has claimed; of an audit the todo stays as it is. */
export async function putClaim(queries: Queries, claim: WantedClaim): Promise<void> {
  const { todo_id, claim_id, kind, by, leaseSeconds } = claim
  await queries.query({
    name: 'states.putClaim',
    text: `with claimed as (update todos set claim_id = $2, lease_expires_at = now() + make_interval(secs => $5),
          status = case when $3 = 'audit' then status else 'claimed' end,
          attempts = case when $3 = 'audit' then attempts else attempts + 1 end
        where id = $1 returning id)
      insert into claims (id, todo_id, kind, node) select $2, id, $3, $4 from claimed`,
    values: [todo_id, claim_id, kind, by, leaseSeconds],
  })
  const jobId = await jobOf(queries, todo_id)
  if (jobId) await begin(queries, jobId)
}

/** Somebody else takes what waits to be claimed, or to be audited, and keeps it. */
export async function occupy(queries: Queries, status: 'queued' | 'submitted'): Promise<void> {
  await queries.query({
    name: 'states.occupy',
    text: `update todos set claim_id = gen_random_uuid(), lease_expires_at = now() + interval '100 years',
        status = case when status = 'queued' then 'claimed' else status end,
        attempts = case when status = 'queued' then attempts + 1 else attempts end
      where status = $1 and claim_id is null`,
    values: [status],
  })
}

async function jobOf(queries: Queries, todoId: string): Promise<string | undefined> {
  const [row] = await queries.query<{ job_id: string }>({
    name: 'states.jobOf',
    text: 'select job_id from todos where id = $1',
    values: [todoId],
  })
  return row?.job_id
}

async function jobExists(queries: Queries, jobId: string): Promise<boolean> {
  const rows = await queries.query({
    name: 'states.jobExists',
    text: 'select id from jobs where id = $1',
    values: [jobId],
  })
  return rows.length > 0
}
