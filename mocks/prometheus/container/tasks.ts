import type { z } from 'zod'
import type { Task as TaskShape } from '#contracts/prometheus/shapes.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { sameContent } from '../shared/same-content.ts'
import type { NewTask } from './agent.ts'

export type Task = z.output<typeof TaskShape>

/** What is known of what was asked for: all of it, or as much as a state says. */
export type Asked = Pick<NewTask, 'todo_id' | 'kind'> & Readonly<{ [N in keyof NewTask]?: NewTask[N] | undefined }>

/** What became of a task. */
export type TaskEnd =
  | Readonly<{ status: 'running' }>
  | Readonly<{ status: 'succeeded'; pullRequestUrl?: string }>
  | Readonly<{ status: 'failed'; error: string }>

type Known = Readonly<{ task: Task; asked: Asked; pullRequestUrl?: string }>

/** The tasks of a container, by their ids. */
export type Tasks = Readonly<{
  /** Puts a task there, in place of one of the same id. */
  put: (taskId: string, asked: Asked, end: TaskEnd) => Task
  /** Whether the same task is known; undefined where none is. Throws Refusal 409 where another one has its id. */
  same: (taskId: string, asked: NewTask) => Task | undefined
  end: (taskId: string, end: TaskEnd) => void
  find: (taskId: string) => Task | undefined
  pullRequestUrl: (taskId: string) => string | undefined
  running: () => number
}>

export function makeTasks(now: () => number): Tasks {
  const all = new Map<string, Known>()
  function put(taskId: string, asked: Asked, end: TaskEnd): Task {
    const { todo_id, kind } = asked
    const started_at = all.get(taskId)?.task.started_at ?? new Date(now()).toISOString()
    const error = end.status === 'failed' ? end.error : null
    const task: Task = { task_id: taskId, todo_id, kind, status: end.status, error, started_at }
    const pullRequestUrl = end.status === 'succeeded' ? end.pullRequestUrl : undefined
    all.set(taskId, { task, asked, ...(pullRequestUrl !== undefined && { pullRequestUrl }) })
    return task
  }
  return {
    put,
    same(taskId, asked) {
      const known = all.get(taskId)
      if (known && !agree(known.asked, asked))
        throw new Refusal(409, 'conflict', { message: 'Another task has this id.' })
      return known?.task
    },
    end(taskId, end) {
      const known = all.get(taskId)
      if (known) put(taskId, known.asked, end)
    },
    find: (taskId) => all.get(taskId)?.task,
    pullRequestUrl: (taskId) => all.get(taskId)?.pullRequestUrl,
    running: () => [...all.values()].filter(({ task }) => task.status === 'running').length,
  }
}

/** Whether all that is known of a task is so in what is asked for. */
function agree(known: Asked, asked: NewTask): boolean {
  const wanted = new Map<string, unknown>(Object.entries(asked))
  return Object.entries(known).every(([name, value]) => value === undefined || sameContent(wanted.get(name), value))
}
