import { give } from './give.ts'
import { occupy, putTodo } from './put-todo.ts'
import type { CoordinatorStates, SetUp } from './set-up.ts'

type Names = 'queueEmpty' | 'todoQueued' | 'todoClaimed' | 'leaseExpired' | 'todoResultStored'

/** States of todos that wait, and of those that are claimed. */
export function todoStates(setUp: SetUp): Pick<CoordinatorStates, Names> {
  const { database, results } = setUp
  return {
    async queueEmpty() {
      await occupy(database, 'queued')
      await occupy(database, 'submitted')
      return undefined
    },
    async todoQueued(todo) {
      await database.transaction(async (queries) => {
        await occupy(queries, 'queued')
        await putTodo(queries, { ...todo, status: 'queued' })
      })
      return undefined
    },
    async todoClaimed(work) {
      await give(setUp, work)
      return undefined
    },
    async leaseExpired(work) {
      await give(setUp, { ...work, leaseSeconds: -1 })
      return undefined
    },
    async todoResultStored({ todo_id, claim_id, output }) {
      const known = await database.query({
        name: 'states.claimOf',
        text: 'select id from todos where id = $1 and claim_id = $2',
        values: [todo_id, claim_id],
      })
      if (known.length === 0) await give(setUp, { todo_id, claim_id, kind: 'work', by: 'node-worker' })
      await results.put({ todoId: todo_id, claimId: claim_id, output, metadata: {} })
      return undefined
    },
  }
}
