import type { Board, KeptClaim } from '../board.ts'
import type { Node } from '../nodes.ts'
import type { Claim, ClaimKind, Todo } from '../shapes.ts'
import { changeJob } from './jobs.ts'
import { changeTodo, claimsOn, todoOf } from './todos.ts'

/** Gives the oldest todo of a kind to a node; undefined where there is none. */
export function claimTodo(board: Board, kind: ClaimKind, node: Node): KeptClaim | undefined {
  const todo = kind === 'audit' ? oldestToAudit(board, node) : oldestQueued(board, kind)
  if (!todo) return undefined
  const { todo_id } = todo
  if (kind !== 'audit') begin(board, todo)
  const until = board.now() + board.leaseMs
  const claim = { claim_id: crypto.randomUUID(), kind, todo_id, node: node.name, until, hasEnded: false, done: {} }
  board.claims.set(claim.claim_id, claim)
  return claim
}

function oldestQueued({ todos }: Board, kind: Todo['kind']): Todo | undefined {
  return todos.values().find((todo) => todo.status === 'queued' && todo.kind === kind)
}

/** One that nobody audits, and that this node did not submit itself. */
function oldestToAudit(board: Board, { publicKey }: Node): Todo | undefined {
  return board.todos.values().find(({ todo_id, status }) => {
    const submission = board.submissions.get(todo_id)
    if (status !== 'submitted' || !submission || submission.staking_key === publicKey) return false
    return claimsOn(board, todo_id).length === 0
  })
}

function begin(board: Board, { todo_id, job_id, attempts }: Todo): void {
  changeTodo(board, todo_id, { status: 'claimed', attempts: attempts + 1 })
  if (board.jobs.get(job_id)?.status === 'pending') changeJob(board, job_id, { status: 'in_progress' })
}

/** A claim as its node sees it. */
export function viewClaim(board: Board, { claim_id, kind, todo_id, until }: KeptClaim): Claim {
  const submission = kind === 'audit' ? (board.submissions.get(todo_id) ?? null) : null
  const todo = todoOf(board, todo_id)
  return { claim_id, kind, todo, submission, lease_expires_at: new Date(until).toISOString() }
}
