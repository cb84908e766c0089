import type { z } from 'zod'
import type { LogLevel } from '#contracts/prometheus/shapes.ts'
import type { CallOptions } from '#harness/client/options.ts'
import type { ClaimedTodo, Repository } from './claims.ts'
import type { ContainerClient } from './container-client.ts'
import { ifFound, isOutOfReach, refusalOf } from './refusal.ts'

/** A claimed todo as the container works on it. */
export type TaskToStart = Readonly<{
  taskId: string
  kind: 'plan' | 'work'
  todoId: string
  jobId: string
  title: string
  description: string
  repository: Repository
}>

/** `unknown`: the container does not know the task, or not any more. */
export type TaskState =
  | Readonly<{ kind: 'running' }>
  | Readonly<{ kind: 'succeeded' }>
  | Readonly<{ kind: 'failed'; error: string }>
  | Readonly<{ kind: 'unknown' }>

export type LogLine = Readonly<{ level: z.output<typeof LogLevel>; message: string; at: Date }>
export type LogPage = Readonly<{ lines: readonly LogLine[]; page: number; totalPages: number }>

/** What every node asks of its container. */
export type ContainerTasks = Readonly<{
  /** Has a task done; the same one again changes nothing. `conflict` where another task has its id. */
  startTask: (task: TaskToStart, options?: CallOptions) => Promise<Readonly<{ kind: 'started' | 'conflict' }>>
  taskState: (taskId: string, options?: CallOptions) => Promise<TaskState>
  /** One page of a task's lines, oldest first, numbered from 1; 20 lines each unless told otherwise. */
  logs: (taskId: string, page?: { page?: number; perPage?: number }, options?: CallOptions) => Promise<LogPage>
  /** How many tasks the container works on; undefined where it does not answer. */
  health: (options?: CallOptions) => Promise<Readonly<{ runningTasks: number }> | undefined>
}>

/** The task that a claimed todo is for the container. Its id is the claim's: a todo that is tried again is another task. */
export function taskOf({ claimId, kind, todoId, jobId, title, description, repository }: ClaimedTodo): TaskToStart {
  return { taskId: claimId, kind, todoId, jobId, title, description, repository }
}

export function containerTasksOf(calls: ContainerClient): ContainerTasks {
  return {
    async startTask({ taskId, kind, todoId, jobId, title, description, repository }, options) {
      const body = { kind, todo_id: todoId, job_id: jobId, title, description, repository }
      try {
        await calls.startTask({ params: { task_id: taskId }, body }, options)
        return { kind: 'started' }
      } catch (error) {
        if (refusalOf(error)?.kind === 'conflict') return { kind: 'conflict' }
        throw error
      }
    },
    async taskState(taskId, options) {
      const found = await ifFound(calls.getTask({ params: { task_id: taskId } }, options))
      if (!found) return { kind: 'unknown' }
      const { status, error } = found.body.data
      return status === 'failed' ? { kind: status, error: error ?? '' } : { kind: status }
    },
    async logs(taskId, { page = 1, perPage = 20 } = {}, options) {
      const { body } = await calls.listLogs({ query: { task_id: taskId, page, per_page: perPage } }, options)
      const lines = body.data.map(({ level, message, timestamp }) => ({ level, message, at: new Date(timestamp) }))
      return { lines, page: body.pagination.page, totalPages: body.pagination.total_pages }
    },
    async health(options) {
      try {
        const { body } = await calls.health({}, options)
        return { runningTasks: body.running_tasks }
      } catch (error) {
        if (isOutOfReach(error)) return undefined
        throw error
      }
    },
  }
}
