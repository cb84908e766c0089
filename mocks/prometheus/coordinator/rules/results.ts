import { sameContent } from '../../shared/same-content.ts'
import { timestamp, type Board } from '../board.ts'
import type { NewTodoResult, TodoResult } from '../shapes.ts'
import { conflict, leaseLost } from './refusals.ts'
import { todoOf } from './todos.ts'

export type StoredResult = Readonly<{ isNew: boolean; result: TodoResult }>

/**
 * Stores what a container made under a claim.
 * Throws Refusal: 404 for an unknown todo, 409 `conflict` where this claim has another result, `lease_lost` where the claim is
 * not the one that the todo is worked on under.
 */
export function putTodoResult(board: Board, todoId: string, given: NewTodoResult): StoredResult {
  todoOf(board, todoId)
  const { claim_id, output, metadata = {} } = given
  const known = board.resultsByClaim.get(claim_id)
  if (known?.todo_id === todoId) {
    if (sameContent([known.output, known.metadata], [output, metadata])) return { isNew: false, result: known }
    throw conflict('This claim has another result.')
  }
  const claim = board.claims.get(claim_id)
  if (!claim || claim.hasEnded || claim.todo_id !== todoId || claim.kind === 'audit') throw leaseLost()
  const isNew = !board.results.has(todoId)
  const result = { todo_id: todoId, output, metadata, stored_at: timestamp(board) }
  keepResult(board, claim_id, result)
  return { isNew, result }
}

/** Makes a result the one of its todo. */
export function keepResult({ results, resultsByClaim }: Board, claim_id: string, result: TodoResult): void {
  results.set(result.todo_id, { claim_id, result })
  resultsByClaim.set(claim_id, result)
}
