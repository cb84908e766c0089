import { timestamp, type Board, type KeptClaim } from '../board.ts'
import type { Node } from '../nodes.ts'
import type { Plan, Submission, Todo, Verdict } from '../shapes.ts'
import { completeIfDone } from './jobs.ts'
import { giveBack, renewLease } from './leases.ts'
import { leaseLost } from './refusals.ts'
import { changeTodo, endClaim, todoOf, todosOf } from './todos.ts'
import { markDone, standing, type ClaimedCall } from './under-claim.ts'

/** Under which claim of which node a todo is worked on. */
export type Under = Readonly<{ node: Node; todoId: string; claimId: string }>

export type StatusReport = Readonly<{
  status: 'in_progress' | 'failed'
  progress: number
  message?: string | undefined
}>

/** Renews the lease, or gives the todo back. An audit is not the todo's own work: it stays submitted. */
export function reportStatus(board: Board, under: Under, content: StatusReport): KeptClaim {
  const kinds = ['plan', 'work', 'audit'] as const
  const call: ClaimedCall = { operation: `reportStatus ${content.status}`, kinds, ...under, content }
  const { kind, claim, todo } = standing(board, call)
  if (kind === 'again') return claim
  if (content.status === 'in_progress') {
    if (claim.kind !== 'audit') changeTodo(board, todo.todo_id, { status: 'in_progress' })
    return renewLease(board, claim)
  }
  endClaim(board, { ...claim, until: board.now() })
  markDone(board, call)
  const error = content.message ?? `"${todo.title}" could not be done.`
  if (claim.kind !== 'audit') giveBack(board, todo, error)
  return board.claims.get(claim.claim_id) ?? claim
}

/** Stores a plan: its steps become todos. Gives these, in order. */
export function putPlan(board: Board, under: Under, plan: Plan): readonly Todo[] {
  const call: ClaimedCall = { operation: 'putPlan', kinds: ['plan'], ...under, content: plan }
  const { kind, claim, todo } = standing(board, call)
  if (kind === 'first') {
    const { job_id, repository } = todo
    const at = timestamp(board)
    for (const { title, description } of plan) {
      const todo_id = crypto.randomUUID()
      const step = { todo_id, job_id, kind: 'work', title, description, repository, status: 'queued' } as const
      board.todos.set(todo_id, { ...step, attempts: 0, pull_request_url: null, created_at: at, updated_at: at })
    }
    changeTodo(board, todo.todo_id, { status: 'done' })
    endClaim(board, claim)
    markDone(board, call)
  }
  return todosOf(board, todo.job_id).filter((step) => step.kind === 'work')
}

/** Sets the pull request of a todo. */
export function putPullRequest(board: Board, under: Under, pull_request_url: string): Todo {
  const call: ClaimedCall = { operation: 'putPullRequest', kinds: ['work'], ...under, content: pull_request_url }
  const { kind, todo } = standing(board, call)
  if (kind === 'again') return todo
  markDone(board, call)
  return changeTodo(board, todo.todo_id, { pull_request_url })
}

export type NewSubmission = Pick<Submission, 'round' | 'pull_request_url' | 'github_username'>

/** Submits a todo for an audit. */
export function putSubmission(board: Board, under: Under, content: NewSubmission): Submission {
  const call: ClaimedCall = { operation: 'putSubmission', kinds: ['work'], ...under, content }
  const { kind, claim, todo } = standing(board, call)
  if (kind === 'again') {
    if (!claim.submission) throw leaseLost()
    return claim.submission
  }
  const { todo_id } = todo
  const staking_key = under.node.publicKey
  const submission: Submission = { todo_id, ...content, staking_key, submitted_at: timestamp(board) }
  board.submissions.set(todo_id, submission)
  changeTodo(board, todo_id, { status: 'submitted', pull_request_url: content.pull_request_url })
  endClaim(board, { ...claim, submission })
  markDone(board, call)
  return submission
}

/** Stores a verdict: the todo is done, or queued again without what was made of it. */
export function putAudit(board: Board, under: Under, verdict: Verdict): Todo {
  const call: ClaimedCall = { operation: 'putAudit', kinds: ['audit'], ...under, content: verdict }
  const { kind, claim, todo } = standing(board, call)
  if (kind === 'again') return todo
  endClaim(board, claim)
  markDone(board, call)
  if (verdict.approved) {
    changeTodo(board, todo.todo_id, { status: 'done' })
    completeIfDone(board, todo.job_id)
  } else {
    board.submissions.delete(todo.todo_id)
    board.results.delete(todo.todo_id)
    giveBack(board, changeTodo(board, todo.todo_id, { pull_request_url: null }), verdict.reason)
  }
  return todoOf(board, todo.todo_id)
}
