import { timestamp, type Board, type KeptClaim } from '../board.ts'
import type { Todo } from '../shapes.ts'
import { notFound } from './refusals.ts'

/** Throws Refusal 404 where there is no such todo. */
export function todoOf({ todos }: Board, todoId: string): Todo {
  const todo = todos.get(todoId)
  if (!todo) throw notFound('todo')
  return todo
}

/** Changes a todo and says when. */
export function changeTodo(board: Board, todoId: string, change: Partial<Todo>): Todo {
  const todo = { ...todoOf(board, todoId), ...change, updated_at: timestamp(board) }
  board.todos.set(todoId, todo)
  return todo
}

/** The todos of a job, the plan first, then in its order. */
export function todosOf({ todos }: Board, jobId: string): readonly Todo[] {
  const own = [...todos.values()].filter((todo) => todo.job_id === jobId)
  return [...own.filter(({ kind }) => kind === 'plan'), ...own.filter(({ kind }) => kind === 'work')]
}

export function endClaim({ claims }: Board, claim: KeptClaim): void {
  claims.set(claim.claim_id, { ...claim, hasEnded: true })
}

/** The claims on a todo that hold. */
export function claimsOn({ claims }: Board, todoId: string): readonly KeptClaim[] {
  return [...claims.values()].filter((claim) => claim.todo_id === todoId && !claim.hasEnded)
}
