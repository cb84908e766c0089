import { timestamp, type Board, type KeptJob } from '../board.ts'
import type { Job, JobResult, NewJob } from '../shapes.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { notFound } from './refusals.ts'
import { changeTodo, claimsOn, endClaim, todosOf } from './todos.ts'

/** Creates a job and queues its plan. */
export function createJob(board: Board, owner: string, { swarm_spec, repository, metadata = {} }: NewJob): KeptJob {
  const created_at = timestamp(board)
  const times = { created_at, updated_at: created_at }
  const job_id = crypto.randomUUID()
  const job = { job_id, status: 'pending', swarm_spec, repository, metadata, error: null, ...times } as const
  const kept: KeptJob = { ...job, owner, completed_at: null }
  board.jobs.set(job_id, kept)
  const todo_id = crypto.randomUUID()
  const { name: title, task: description } = swarm_spec
  const todo = { todo_id, job_id, kind: 'plan', title, description, repository, status: 'queued' } as const
  board.todos.set(todo_id, { ...todo, attempts: 0, pull_request_url: null, ...times })
  return kept
}

/** The owner's jobs, newest first. */
export function jobsOf({ jobs }: Board, owner: string): readonly KeptJob[] {
  return [...jobs.values()].filter((job) => job.owner === owner).toReversed()
}

/** Throws Refusal 404 where the owner has no such job. */
export function ownJob({ jobs }: Board, owner: string, jobId: string): KeptJob {
  const job = jobs.get(jobId)
  if (job?.owner !== owner) throw notFound('job')
  return job
}

/** A job as its owner sees it. */
export function viewJob(board: Board, { owner: _owner, completed_at: _completedAt, ...job }: KeptJob): Job {
  return { ...job, progress: job.status === 'completed' ? 1 : progressOf(board, job.job_id) }
}

/** The share of the job's work that is done; 0 without any. */
function progressOf(board: Board, jobId: string): number {
  const work = todosOf(board, jobId).filter(({ kind }) => kind === 'work')
  return work.length === 0 ? 0 : work.filter(({ status }) => status === 'done').length / work.length
}

export function hasEnded({ status }: KeptJob): boolean {
  return status !== 'pending' && status !== 'in_progress'
}

type End = Readonly<{ status: 'cancelled' | 'failed'; error?: string | undefined }>

/**
 * Ends a job because its owner says so. The same end again changes nothing.
 * Throws Refusal 409 where it has ended in another way.
 */
export function setJobStatus(board: Board, job: KeptJob, end: End): KeptJob {
  if (job.status === end.status) return job
  if (hasEnded(job)) throw new Refusal(409, 'job_ended', { message: `The job is ${job.status}.` })
  return endJob(board, job.job_id, end)
}

/** Ends a job: its todos that are not done fail, claims on them end. */
export function endJob(board: Board, jobId: string, { status, error }: End): KeptJob {
  for (const { todo_id, status: todoStatus } of todosOf(board, jobId)) {
    if (todoStatus === 'done') continue
    for (const claim of claimsOn(board, todo_id)) endClaim(board, claim)
    changeTodo(board, todo_id, { status: 'failed' })
  }
  return changeJob(board, jobId, { status, error: error ?? null })
}

/** Changes a job and says when. */
export function changeJob(board: Board, jobId: string, change: Partial<KeptJob>): KeptJob {
  const job = board.jobs.get(jobId)
  if (!job) throw notFound('job')
  const changed = { ...job, ...change, updated_at: timestamp(board) }
  board.jobs.set(jobId, changed)
  return changed
}

/** Completes a job once all of its todos are done. */
export function completeIfDone(board: Board, jobId: string): void {
  if (!todosOf(board, jobId).every(({ status }) => status === 'done')) return
  changeJob(board, jobId, { status: 'completed', completed_at: timestamp(board) })
}

/**
 * What came of a job: results of its work, in the order of the plan.
 * Throws Refusal 404 as long as it is not completed.
 */
export function jobResult(board: Board, { job_id, completed_at }: KeptJob): JobResult {
  if (completed_at === null) throw notFound('result')
  const results = todosOf(board, job_id).flatMap(({ todo_id, kind }) => {
    const kept = kind === 'work' ? board.results.get(todo_id) : undefined
    return kept ? [kept.result] : []
  })
  return { job_id, results, completed_at }
}
