import type { CoordinatorMemory } from '../memory.ts'
import type { Under } from '../rules/claimed-work.ts'
import type { Todo } from '../shapes.ts'
import { putClaim, putTodo } from './put-todo.ts'

export type Given = Readonly<{
  todo_id: string
  claim_id: string
  kind: Todo['kind']
  title: string
  /** The name of the node; it is known from then on. */
  by: string
  /** Without one, the job that the todo has, or a new one. */
  job_id?: string
}>

/** Puts a todo there that a node has claimed; gives what its calls are made under. */
export function giveToNode({ board, nodes }: CoordinatorMemory, { by, claim_id, ...todo }: Given): Under {
  const { todo_id, kind } = todo
  const node = nodes.ensure(by)
  putTodo(board, { ...todo, status: 'claimed', attempts: 1 })
  putClaim(board, { claim_id, todo_id, kind, node: node.name, until: board.now() + board.leaseMs })
  return { node, todoId: todo_id, claimId: claim_id }
}
