import { randomUUID } from 'node:crypto'
import { addJob, putJob, setStatus } from './put-job.ts'
import { putClaim, putTodo } from './put-todo.ts'
import type { CoordinatorStates, SetUp } from './set-up.ts'

type Names = 'jobExists' | 'jobsExist' | 'jobCompleted'

/** States of jobs. */
export function jobStates({ database, leaseSeconds, results }: SetUp): Pick<CoordinatorStates, Names> {
  return {
    async jobExists(job) {
      await database.transaction((queries) => putJob(queries, job))
      return undefined
    },
    async jobsExist({ owner, names }) {
      await database.transaction(async (queries) => {
        await queries.query({ name: 'states.removeJobs', text: 'delete from jobs where owner = $1', values: [owner] })
        for (const name of names) await addJob(queries, { job_id: randomUUID(), owner, name })
      })
      return undefined
    },
    async jobCompleted({ job_id, owner, results: wanted }) {
      await database.transaction((queries) => putJob(queries, { job_id, owner, name: 'A job' }))
      for (const [index, { todo_id, output, metadata }] of wanted.entries()) {
        const claim_id = randomUUID()
        await database.transaction(async (queries) => {
          await putTodo(queries, { todo_id, job_id, kind: 'work', title: `Step ${index + 1}`, status: 'queued' })
          await putClaim(queries, { todo_id, claim_id, kind: 'work', by: 'somebody', leaseSeconds })
        })
        await results.put({ todoId: todo_id, claimId: claim_id, output, metadata })
      }
      await database.transaction((queries) => setStatus(queries, job_id, 'completed'))
      return undefined
    },
  }
}
