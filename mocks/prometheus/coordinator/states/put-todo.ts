import { timestamp, type Board } from '../board.ts'
import { changeJob } from '../rules/jobs.ts'
import { claimsOn, endClaim, todosOf } from '../rules/todos.ts'
import type { ClaimKind, Todo } from '../shapes.ts'
import { repository as someRepository } from './examples.ts'
import { addJob, nobody, removeTodo } from './put-job.ts'

export type WantedTodo = Readonly<{
  todo_id: string
  kind: Todo['kind']
  title: string
  status: Todo['status']
  /** Without one, the job that it has, or a new one. */
  job_id?: string
  attempts?: number
  pull_request_url?: string
}>

/** Puts a todo there, in place of one of the same id, with a job for it to belong to. */
export function putTodo(board: Board, wanted: WantedTodo): void {
  const { todo_id, kind, title, status, attempts = 0, pull_request_url = null } = wanted
  const job_id = wanted.job_id ?? board.todos.get(todo_id)?.job_id ?? crypto.randomUUID()
  removeTodo(board, todo_id)
  if (!board.jobs.has(job_id)) addJob(board, nobody, { job_id, name: 'A job' })
  makeRoom(board, job_id, { kind, status })
  const repository = board.jobs.get(job_id)?.repository ?? someRepository
  const at = timestamp(board)
  const times = { created_at: at, updated_at: at }
  const description = `What "${title}" is about.`
  const todo = { todo_id, job_id, kind, title, description, repository, status, attempts, pull_request_url, ...times }
  board.todos.set(todo_id, todo)
}

/** A job has one plan; where there is work, that plan is done. Where something was claimed, the job is in progress. */
function makeRoom(board: Board, jobId: string, { kind, status }: Pick<Todo, 'kind' | 'status'>): void {
  for (const plan of todosOf(board, jobId).filter((todo) => todo.kind === 'plan')) {
    if (kind === 'plan') {
      removeTodo(board, plan.todo_id)
      continue
    }
    for (const claim of claimsOn(board, plan.todo_id)) endClaim(board, claim)
    board.todos.set(plan.todo_id, { ...plan, status: 'done' })
  }
  const isBegun = kind === 'work' || status !== 'queued'
  if (isBegun && board.jobs.get(jobId)?.status === 'pending') changeJob(board, jobId, { status: 'in_progress' })
}

export type WantedClaim = Readonly<{
  claim_id: string
  todo_id: string
  kind: ClaimKind
  /** The name of the node. */
  node: string
  until: number
}>

/** Puts a claim there. */
export function putClaim({ claims }: Board, claim: WantedClaim): void {
  claims.set(claim.claim_id, { ...claim, hasEnded: false, done: {} })
}

/** Somebody else takes what waits to be claimed, or to be audited, and keeps it. */
export function occupy(board: Board, status: 'queued' | 'submitted'): void {
  for (const { todo_id, kind } of board.todos.values().filter((todo) => todo.status === status)) {
    if (claimsOn(board, todo_id).length > 0) continue
    const claim = { claim_id: crypto.randomUUID(), todo_id, node: 'somebody-else', until: farOff }
    putClaim(board, { ...claim, kind: status === 'submitted' ? 'audit' : kind })
    const todo = board.todos.get(todo_id)
    if (todo && status === 'queued')
      board.todos.set(todo_id, { ...todo, status: 'claimed', attempts: todo.attempts + 1 })
  }
}

/** The last day that a Date can be (ECMA-262 §21.4.1.1), in milliseconds since 1970. */
const farOff = 8.64e15
