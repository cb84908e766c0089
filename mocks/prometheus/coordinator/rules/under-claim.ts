import { Refusal } from '#harness/contract/error-shape.ts'
import { canonical } from '../../shared/same-content.ts'
import type { Board, KeptClaim } from '../board.ts'
import type { Node } from '../nodes.ts'
import type { ClaimKind, Todo } from '../shapes.ts'
import { conflict, leaseLost } from './refusals.ts'
import { todoOf } from './todos.ts'

/** A call that a node makes under its claim. */
export type ClaimedCall = Readonly<{
  operation: string
  /** The kinds of claims under which it can be made. */
  kinds: readonly ClaimKind[]
  node: Node
  todoId: string
  claimId: string
  /** What makes a repeat the same. */
  content: unknown
}>

/** `again` where the call did its work before: there is nothing to do but to answer. */
export type Standing = Readonly<{ kind: 'first' | 'again'; claim: KeptClaim; todo: Todo }>

/**
 * Finds out how a call stands to its claim.
 * Throws Refusal: 404 `not_found` for an unknown todo, 409 `lease_lost` where the claim does not hold, `wrong_kind` where it
 * is for something else, `conflict` where the call did its work before with other content.
 */
export function standing(board: Board, call: ClaimedCall): Standing {
  const todo = todoOf(board, call.todoId)
  const claim = board.claims.get(call.claimId)
  if (!claim || claim.todo_id !== call.todoId || claim.node !== call.node.name) throw leaseLost()
  const before = claim.done[call.operation]
  if (before === canonical(call.content)) return { kind: 'again', claim, todo }
  if (before !== undefined) throw conflict('This was done before under this claim, and in another way.')
  if (claim.hasEnded) throw leaseLost()
  if (!call.kinds.includes(claim.kind)) {
    const message = `A claim of kind ${claim.kind} does not go with ${call.operation}.`
    throw new Refusal(409, 'wrong_kind', { message })
  }
  return { kind: 'first', claim, todo }
}

/** Remembers that a call has done its work, so that its repeat is known. */
export function markDone({ claims }: Board, { operation, claimId, content }: ClaimedCall): void {
  const claim = claims.get(claimId)
  if (claim) claims.set(claimId, { ...claim, done: { ...claim.done, [operation]: canonical(content) } })
}
