import type { Queries } from '#harness/live-kit/database.ts'
import type { At, Slice } from '../page.ts'
import { submissionColumns, submissionOf, type Submission, type SubmissionRow } from './submission-row.ts'
import { todoColumns, todoOf, type Todo, type TodoRow } from './todo-row.ts'

/** The todos of jobs, as they are read. */
export type Todos = Readonly<{
  /** Those of an owner's job, the plan first, then as it has them; undefined where there is no such job. */
  page: (owner: string, jobId: string, at: At) => Promise<Slice<Todo> | undefined>
  find: (id: string) => Promise<Todo | undefined>
  /** What was submitted for a todo and counts. */
  submission: (id: string) => Promise<Submission | undefined>
}>

type PageRow = { total: number } & (TodoRow | { [K in keyof TodoRow]: null })

/** The todos in a database. */
export function todosIn(database: Queries): Todos {
  return {
    async page(owner, jobId, { page, per_page }) {
      const rows = await database.query<PageRow>({
        name: 'todos.page',
        text: `with jobs as (select id, repository from jobs where id = $1 and owner = $2),
            page as (select ${todoColumns('todos')}, todos.number from jobs join todos on todos.job_id = jobs.id
              order by number limit $3 offset $4)
          select (select count(*)::int from todos where job_id = $1) as total, page.*
            from jobs left join page on true order by number`,
        values: [jobId, owner, per_page, (page - 1) * per_page],
      })
      const [first] = rows
      const items = rows.flatMap((row) => (row.todo_id === null ? [] : [todoOf(row)]))
      return first && { total: first.total, items }
    },
    async find(id) {
      const [row] = await database.query<TodoRow>({
        name: 'todos.find',
        text: `select ${todoColumns('todos')} from todos join jobs on jobs.id = todos.job_id where todos.id = $1`,
        values: [id],
      })
      return row && todoOf(row)
    },
    async submission(id) {
      const [row] = await database.query<SubmissionRow>({
        name: 'todos.submission',
        text: `select ${submissionColumns}
          from todos join submissions on submissions.claim_id = todos.submission_claim_id where todos.id = $1`,
        values: [id],
      })
      return row && submissionOf(row)
    },
  }
}
