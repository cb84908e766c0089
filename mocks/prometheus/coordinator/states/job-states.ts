import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import { timestamp } from '../board.ts'
import type { CoordinatorMemory } from '../memory.ts'
import { keepResult } from '../rules/results.ts'
import { addJob, putJob, removeJobsOf, setStatus } from './put-job.ts'
import { putTodo } from './put-todo.ts'

type Names = 'jobExists' | 'jobsExist' | 'jobCompleted'

/** States of jobs. */
export function jobStates({
  board,
}: Pick<CoordinatorMemory, 'board'>): Pick<StateHandlers<StatesOf<typeof coordinator>>, Names> {
  return {
    jobExists(job) {
      putJob(board, job)
    },
    jobsExist({ owner, names }) {
      removeJobsOf(board, owner)
      for (const name of names) addJob(board, owner, { job_id: crypto.randomUUID(), name })
    },
    jobCompleted({ job_id, owner, results }) {
      putJob(board, { job_id, owner, name: 'A job' })
      results.forEach(({ todo_id, output, metadata }, index) => {
        putTodo(board, { todo_id, job_id, kind: 'work', title: `Step ${index + 1}`, status: 'done', attempts: 1 })
        const result = { todo_id, output, metadata, stored_at: timestamp(board) }
        keepResult(board, crypto.randomUUID(), result)
      })
      setStatus(board, job_id, 'completed')
    },
  }
}
