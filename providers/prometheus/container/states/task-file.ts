import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { NewTask as NewTaskShape } from '#contracts/prometheus/shapes.ts'

type NewTask = z.output<typeof NewTaskShape>

/** As much of what was asked for as a state says. */
type Content = Pick<NewTask, 'kind' | 'todo_id'> & { [K in keyof NewTask]?: NewTask[K] | undefined }

/** A task as the container keeps it on disk: see `service/task.py`. */
export type TaskFile = Readonly<{
  task_id: string
  run: string
  content: Content
  status: 'running' | 'succeeded' | 'failed'
  started_at: string
  error: string | null
  outcome: Readonly<Record<string, unknown>> | null
  to_deliver: readonly string[]
}>

/** How far a task is. */
export type TaskEnd =
  | Readonly<{ status: 'running' }>
  | Readonly<{ status: 'succeeded'; pullRequestUrl: string }>
  | Readonly<{ status: 'failed'; error: string }>

/** A task that nobody else is to hear of any more. */
export function taskFile(taskId: string, content: Content, end: TaskEnd): TaskFile {
  return {
    task_id: taskId,
    run: randomUUID(),
    content,
    status: end.status,
    started_at: new Date().toISOString(),
    error: end.status === 'failed' ? end.error : null,
    outcome: end.status === 'succeeded' ? workOutcome(end.pullRequestUrl) : null,
    to_deliver: [],
  }
}

/** What an agent that worked has answered. */
function workOutcome(pullRequestUrl: string): Readonly<Record<string, unknown>> {
  return { output: '', metadata: {}, pull_request_url: pullRequestUrl, github_username: 'prometheus-agent' }
}
