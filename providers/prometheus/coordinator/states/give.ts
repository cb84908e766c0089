import { fingerprintOf } from '../claims/fingerprint.ts'
import type { ClaimCall } from '../claims/under-claim.ts'
import type { Todo } from '../todos/todo-row.ts'
import { someTitle } from './examples.ts'
import { putClaim, putTodo } from './put-todo.ts'
import type { SetUp } from './set-up.ts'

/** A claim as states speak of it: whose it is by the name of the node. */
export type Given = Readonly<{ todo_id: string; claim_id: string; by: string }>

export type Work = Given & Readonly<{ kind: Todo['kind']; title?: string; leaseSeconds?: number }>

/** Puts a todo there that a node has claimed. A lease below zero is over. */
export async function give(setUp: SetUp, { title, leaseSeconds = setUp.leaseSeconds, ...work }: Work): Promise<void> {
  const known = await setUp.todos.find(work.todo_id)
  await setUp.database.transaction(async (queries) => {
    await putTodo(queries, { ...work, title: title ?? known?.title ?? someTitle, status: 'queued' })
    await putClaim(queries, { ...work, leaseSeconds })
  })
}

/**
 * The call that a node would have made under its claim.
 * @param content of its body, beside the claim's id
 */
export function callOf({ keys }: SetUp, operation: string, { by, ...given }: Given & { content: object }): ClaimCall {
  const { todo_id, claim_id, content } = given
  const fingerprint = fingerprintOf({ claim_id, ...content })
  return { todoId: todo_id, claimId: claim_id, node: keys.node(by), operation, fingerprint }
}
