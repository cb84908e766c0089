import { timestamp, type Board, type KeptJob } from '../board.ts'
import { changeJob, createJob } from '../rules/jobs.ts'
import { changeTodo, todosOf } from '../rules/todos.ts'
import type { Job } from '../shapes.ts'
import { newJob } from './examples.ts'

/** The owner of jobs that are there for the sake of their todos. No state names it. */
export const nobody = 'nobody'

export type WantedJob = Readonly<{ job_id: string; owner: string; name: string; status?: Job['status'] | undefined }>

/** Puts a job there as it was created. One that is there for its todos only gets this owner and name, and keeps them. */
export function putJob(board: Board, { job_id, owner, name, status }: WantedJob): void {
  if (board.jobs.get(job_id)?.owner === nobody) {
    changeJob(board, job_id, { owner, swarm_spec: newJob(name).swarm_spec })
  } else {
    removeTodosOf(board, job_id)
    addJob(board, owner, { job_id, name })
  }
  if (status) setStatus(board, job_id, status)
}

/** Creates a job under an id of one's own, in the place of one that has it. */
export function addJob(
  board: Board,
  owner: string,
  { job_id, name }: Readonly<{ job_id: string; name: string }>,
): void {
  const created = createJob(board, owner, newJob(name))
  for (const { todo_id } of todosOf(board, created.job_id)) changeTodo(board, todo_id, { job_id })
  board.jobs.delete(created.job_id)
  board.jobs.set(job_id, { ...created, job_id })
}

/** Takes away all jobs of an owner. */
export function removeJobsOf(board: Board, owner: string): void {
  for (const job of board.jobs.values()) {
    if (job.owner !== owner) continue
    removeTodosOf(board, job.job_id)
    board.jobs.delete(job.job_id)
  }
}

/** Takes a todo away, with all that belongs to it. */
export function removeTodo(board: Board, todoId: string): void {
  for (const claim of board.claims.values()) if (claim.todo_id === todoId) board.claims.delete(claim.claim_id)
  board.submissions.delete(todoId)
  board.results.delete(todoId)
  for (const [claimId, { todo_id }] of board.resultsByClaim)
    if (todo_id === todoId) board.resultsByClaim.delete(claimId)
  board.todos.delete(todoId)
}

/** Takes all todos of a job away. */
export function removeTodosOf(board: Board, jobId: string): void {
  for (const { todo_id } of todosOf(board, jobId)) removeTodo(board, todo_id)
}

/** Makes a job one of this status. Where it goes on, its todos stay as they are. */
export function setStatus(board: Board, jobId: string, status: KeptJob['status']): void {
  if (status !== 'pending' && status !== 'in_progress') {
    const todoStatus = status === 'completed' ? 'done' : 'failed'
    for (const { todo_id } of todosOf(board, jobId)) changeTodo(board, todo_id, { status: todoStatus })
  }
  changeJob(board, jobId, { status, completed_at: status === 'completed' ? timestamp(board) : null })
}
