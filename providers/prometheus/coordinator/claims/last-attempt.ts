import type { Database } from '#harness/live-kit/database.ts'
import { endJob, lockTodos } from '../jobs/end-job.ts'
import type { ClaimKind } from './claim-row.ts'
import { callValues, held, remembered, type ClaimCall } from './under-claim.ts'

export type LastAttempt = Readonly<{
  kinds: readonly ClaimKind[]
  maxAttempts: number
  /** What the job's error is, by the todo's title. */
  error: (title: string) => string
  /** A further part of the statement that ends the claim, named `also`. */
  also?: string
}>

/**
 * Ends a claim whose todo has no attempts left: the todo has failed, and its job with it. All of it or nothing.
 * @returns whether the claim still held
 */
export function failAfterLastAttempt(
  database: Database,
  call: ClaimCall,
  { kinds, maxAttempts, error, also }: LastAttempt,
): Promise<boolean> {
  return database.transaction(async (queries) => {
    const [todo] = await queries.query<{ job_id: string; title: string }>({
      name: 'claims.job',
      text: 'select job_id, title from todos where id = $1',
      values: [call.todoId],
    })
    if (!todo) return false
    await lockTodos(queries, todo.job_id)
    const ended = await queries.query({
      name: `claims.last.${call.operation}`,
      text: `with ${held(call.operation, kinds, 'todos.attempts >= $5')}, ${remembered(call.operation, 'ends the claim')}${also === undefined ? '' : `, ${also}`}
        select id from remembered`,
      values: [...callValues(call), maxAttempts],
    })
    if (ended.length === 0) return false
    await endJob(queries, todo.job_id, { status: 'failed', error: error(todo.title) })
    return true
  })
}
