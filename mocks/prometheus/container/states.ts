import type { container } from '#contracts/prometheus/container.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { ContainerMemory } from './memory.ts'

/** The states of the container's contract, set up in memory. */
export function containerStates({
  callers,
  judge,
  logs,
  tasks,
}: ContainerMemory): StateHandlers<StatesOf<typeof container>> {
  return {
    ...callers.states,
    taskRunning({ task_id, ...asked }) {
      tasks.put(task_id, asked, { status: 'running' })
    },
    taskSucceeded({ task_id, todo_id, title, pull_request_url: pullRequestUrl }) {
      tasks.put(task_id, { todo_id, kind: 'work', title }, { status: 'succeeded', pullRequestUrl })
    },
    taskFailed({ task_id, todo_id, kind, error }) {
      tasks.put(task_id, { todo_id, kind }, { status: 'failed', error })
    },
    logsExist({ task_id, entries }) {
      logs.replaceAllOf(task_id, entries)
    },
    agentJudges(verdict) {
      judge.follow(verdict)
    },
  }
}
