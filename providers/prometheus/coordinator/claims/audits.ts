import type { z } from 'zod'
import type { Verdict } from '#contracts/prometheus/shapes.ts'
import type { Database } from '#harness/live-kit/database.ts'
import { todoColumns, todoOf, type Todo, type TodoRow } from '../todos/todo-row.ts'
import type { Todos } from '../todos/todos.ts'
import { failAfterLastAttempt } from './last-attempt.ts'
import { callValues, held, released, remembered, underClaim, type ClaimCall } from './under-claim.ts'

/** Verdicts on submissions. */
export type Audits = Readonly<{
  /** Makes a todo done, and its job completed with the last one; or queues it again, as long as it has attempts left. */
  put: (call: ClaimCall, verdict: z.output<typeof Verdict>) => Promise<Todo>
}>

const kinds = ['audit'] as const

// The job counts what is done in its own row: of two audits that end at once, each sees what the other has counted.
const approve = `with ${held('putAudit', kinds)},
  ${remembered('putAudit', 'ends the claim')},
  approved as (update todos set status = 'done', ${released} from held where todos.id = held.id returning todos.*),
  counted as (update jobs set done = done + 1, updated_at = now(),
      status = case when done + 1 = planned then 'completed' else status end,
      completed_at = case when done + 1 = planned then now() end
    from held where jobs.id = held.job_id)
  select ${todoColumns('approved')} from approved join jobs on jobs.id = approved.job_id`

/** A rejected todo is as if nothing had been made of it. */
const unmade = 'pull_request_url = null, submission_claim_id = null, result_claim_id = null'

const cleared = `also as (update todos set ${unmade} from held where todos.id = held.id)`

const reject = `with ${held('putAudit', kinds, 'todos.attempts < $5')},
  ${remembered('putAudit', 'ends the claim')},
  rejected as (update todos set status = 'queued', ${unmade}, ${released}
    from held where todos.id = held.id returning todos.*)
  select ${todoColumns('rejected')} from rejected join jobs on jobs.id = rejected.job_id`

/** The audits in a database. */
export function auditsIn(database: Database, todos: Todos, maxAttempts: number): Audits {
  async function todo(name: string, text: string, values: readonly unknown[]): Promise<Todo | undefined> {
    const [row] = await database.query<TodoRow>({ name, text, values })
    return row && todoOf(row)
  }
  return {
    put: (call, { approved, reason }) =>
      underClaim<Todo>(database, call, {
        kinds,
        once: () =>
          approved
            ? todo('audits.approve', approve, callValues(call))
            : todo('audits.reject', reject, [...callValues(call), maxAttempts]),
        again: () => todos.find(call.todoId),
        async last() {
          const failed =
            !approved &&
            (await failAfterLastAttempt(database, call, { kinds, maxAttempts, error: () => reason, also: cleared }))
          return failed ? todos.find(call.todoId) : undefined
        },
      }),
  }
}
