import type { Queries } from '#harness/live-kit/database.ts'
import { submissionColumns, submissionOf, type Submission, type SubmissionRow } from '../todos/submission-row.ts'
import { todoColumns, todoOf, type Todo, type TodoRow } from '../todos/todo-row.ts'
import type { Todos } from '../todos/todos.ts'
import { callValues, held, released, remembered, underClaim, type ClaimCall } from './under-claim.ts'

export type NewSubmission = Pick<Submission, 'round' | 'pull_request_url' | 'github_username'>

/** What workers made. */
export type Submissions = Readonly<{
  putPullRequest: (call: ClaimCall, url: string) => Promise<Todo>
  /** Hands a todo in for an audit. */
  put: (call: ClaimCall, submission: NewSubmission) => Promise<Submission>
}>

const putPullRequest = `with ${held('putPullRequest', ['work'])},
  ${remembered('putPullRequest', 'keeps the claim')},
  opened as (update todos set pull_request_url = $5, updated_at = now() from held where todos.id = held.id
    returning todos.*)
  select ${todoColumns('opened')} from opened join jobs on jobs.id = opened.job_id`

const put = `with ${held('putSubmission', ['work'])},
  ${remembered('putSubmission', 'ends the claim')},
  submissions as (insert into submissions (claim_id, todo_id, round, pull_request_url, github_username, public_key)
    select $2, id, $5::int, $6, $7, $8 from held returning *),
  submitted as (update todos set status = 'submitted', pull_request_url = $6, submission_claim_id = $2, ${released}
    from held where todos.id = held.id)
  select ${submissionColumns} from submissions`

/** The submissions in a database. */
export function submissionsIn(database: Queries, todos: Todos): Submissions {
  async function submission(name: string, text: string, values: readonly unknown[]): Promise<Submission | undefined> {
    const [row] = await database.query<SubmissionRow>({ name, text, values })
    return row && submissionOf(row)
  }
  return {
    putPullRequest: (call, url) =>
      underClaim<Todo>(database, call, {
        kinds: ['work'],
        async once() {
          const values = [...callValues(call), url]
          const [row] = await database.query<TodoRow>({ name: 'submissions.open', text: putPullRequest, values })
          return row && todoOf(row)
        },
        again: () => todos.find(call.todoId),
      }),
    put: (call, { round, pull_request_url, github_username }) =>
      underClaim<Submission>(database, call, {
        kinds: ['work'],
        once: () =>
          submission('submissions.put', put, [
            ...callValues(call),
            round,
            pull_request_url,
            github_username,
            call.node.publicKey,
          ]),
        again: () => submission('submissions.byClaim', byClaim, [call.claimId]),
      }),
  }
}

const byClaim = `select ${submissionColumns} from submissions where claim_id = $1`
