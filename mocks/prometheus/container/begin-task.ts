import { doTask, type NewTask, type Outcome } from './agent.ts'
import type { ContainerMemory } from './memory.ts'
import type { Task, TaskEnd } from './tasks.ts'

/** Takes a task on; gives it as it begins. The built-in agent needs no time: by the next question the task has ended. */
export function beginTask({ logs, outbox, tasks }: ContainerMemory, taskId: string, task: NewTask): Task {
  const begun = tasks.put(taskId, task, { status: 'running' })
  logs.add(taskId, { level: 'info', message: `Begun: ${task.title}` })
  const outcome = doTask(taskId, task)
  const end = endOf(outcome)
  tasks.end(taskId, end)
  logs.add(taskId, end.status === 'failed' ? { level: 'error', message: end.error } : done(task))
  outbox.put({ taskId, task, outcome })
  return begun
}

function done({ title }: NewTask): { level: 'info'; message: string } {
  return { level: 'info', message: `Done: ${title}` }
}

function endOf(outcome: Outcome): TaskEnd {
  switch (outcome.kind) {
    case 'planned':
      return { status: 'succeeded' }
    case 'worked':
      return { status: 'succeeded', pullRequestUrl: outcome.pullRequestUrl }
    case 'failed':
      return { status: 'failed', error: outcome.error }
  }
}
