import type { z } from 'zod'
import type { Todo as TodoShape } from '#contracts/prometheus/shapes.ts'

export type Todo = z.output<typeof TodoShape>

export type TodoRow = Pick<
  Todo,
  'job_id' | 'kind' | 'title' | 'description' | 'status' | 'attempts' | 'pull_request_url' | 'repository'
> & { todo_id: string; created_at: Date; updated_at: Date }

/** What a todo is read from: a table or query of this name with the columns of `todos`, and `jobs`. */
export function todoColumns(from: string): string {
  const own = ['job_id', 'kind', 'title', 'description', 'status', 'attempts', 'pull_request_url', 'created_at']
  const columns = [...own, 'updated_at'].map((column) => `${from}.${column}`)
  return [`${from}.id as todo_id`, ...columns, 'jobs.repository'].join(', ')
}

/** A todo as the contract has it. */
export function todoOf(row: TodoRow): Todo {
  return {
    todo_id: row.todo_id,
    job_id: row.job_id,
    kind: row.kind,
    title: row.title,
    description: row.description,
    repository: row.repository,
    status: row.status,
    attempts: row.attempts,
    pull_request_url: row.pull_request_url,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  }
}
