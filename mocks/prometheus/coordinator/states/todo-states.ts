import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import { timestamp } from '../board.ts'
import type { CoordinatorMemory } from '../memory.ts'
import { keepResult } from '../rules/results.ts'
import { giveToNode } from './give-to-node.ts'
import { occupy, putTodo } from './put-todo.ts'

type Names = 'queueEmpty' | 'todoQueued' | 'todoClaimed' | 'leaseExpired' | 'todoResultStored'

const someTitle = 'A todo'

/** States of todos that wait, and of those that are claimed. */
export function todoStates(memory: CoordinatorMemory): Pick<StateHandlers<StatesOf<typeof coordinator>>, Names> {
  const { board } = memory
  return {
    queueEmpty() {
      occupy(board, 'queued')
      occupy(board, 'submitted')
    },
    todoQueued(todo) {
      occupy(board, 'queued')
      putTodo(board, { ...todo, status: 'queued' })
    },
    todoClaimed({ todo_id, claim_id, kind, title, by }) {
      const stored = board.results.get(todo_id)
      giveToNode(memory, { todo_id, claim_id, kind, title, by })
      if (stored?.claim_id === claim_id) keepResult(board, claim_id, stored.result)
    },
    leaseExpired({ todo_id, claim_id, kind, by }) {
      giveToNode(memory, { todo_id, claim_id, kind, title: someTitle, by })
      const claim = board.claims.get(claim_id)
      if (claim) board.claims.set(claim_id, { ...claim, until: board.now() - 1 })
    },
    todoResultStored({ todo_id, claim_id, output }) {
      if (board.claims.get(claim_id)?.todo_id !== todo_id)
        giveToNode(memory, { todo_id, claim_id, kind: 'work', title: someTitle, by: 'node-worker' })
      const result = { todo_id, output, metadata: {}, stored_at: timestamp(board) }
      keepResult(board, claim_id, result)
    },
  }
}
