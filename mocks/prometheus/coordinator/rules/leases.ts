import type { Board, KeptClaim } from '../board.ts'
import type { Todo } from '../shapes.ts'
import { endJob } from './jobs.ts'
import { changeTodo, endClaim, todoOf } from './todos.ts'

/** Ends all claims whose lease is over, and gives their todos back. Has to be done before anything is looked at. */
export function endLeases(board: Board): void {
  const now = board.now()
  for (const claim of board.claims.values()) {
    if (claim.hasEnded || claim.until > now) continue
    endClaim(board, claim)
    const todo = todoOf(board, claim.todo_id)
    if (claim.kind !== 'audit')
      giveBack(board, todo, `"${todo.title}" was not done in time, at the last of ${todo.attempts} attempts.`)
  }
}

/** Queues a todo again. After as many attempts as there may be it has failed, and its job with it. */
export function giveBack(board: Board, { todo_id, job_id, attempts }: Todo, error: string): void {
  if (attempts < board.maxAttempts) changeTodo(board, todo_id, { status: 'queued' })
  else endJob(board, job_id, { status: 'failed', error })
}

/** Begins the lease of a claim anew. */
export function renewLease(board: Board, claim: KeptClaim): KeptClaim {
  const renewed = { ...claim, until: board.now() + board.leaseMs }
  board.claims.set(claim.claim_id, renewed)
  return renewed
}
