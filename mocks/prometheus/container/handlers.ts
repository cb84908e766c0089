import type { Caller } from '#contracts/prometheus/auth/tokens.ts'
import type { container } from '#contracts/prometheus/container.ts'
import { swarmTypes } from '#contracts/prometheus/shapes.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { expectRole } from '../shared/callers.ts'
import { pageOf } from '../shared/page.ts'
import { beginTask } from './begin-task.ts'
import type { ContainerMemory } from './memory.ts'

type ContainerHandlers = Handlers<OperationsOf<typeof container>, Caller>

/** Whose pull requests they are: the container's agent has one account. */
const githubUsername = 'prometheus-agent'
const models = [{ name: 'built-in', provider: 'prometheus' }]

/** All operations of the container. */
export function containerHandlers(memory: ContainerMemory): ContainerHandlers {
  const { judge, logs, tasks } = memory
  return {
    startTask({ params: { task_id }, body, principal }) {
      expectRole(principal, 'node')
      const known = tasks.same(task_id, body)
      return known ? reply(200, { data: known }) : reply(202, { data: beginTask(memory, task_id, body) })
    },
    getTask({ params: { task_id }, principal }) {
      expectRole(principal, 'node')
      const task = tasks.find(task_id)
      if (!task) throw notFound('There is no such task.')
      return reply(200, { data: task })
    },
    getSubmission({ params: { task_id }, principal }) {
      expectRole(principal, 'node')
      const pull_request_url = tasks.pullRequestUrl(task_id)
      if (pull_request_url === undefined) throw notFound('This task has opened no pull request.')
      return reply(200, { data: { task_id, pull_request_url, github_username: githubUsername } })
    },
    audit({ body: { pull_request_url }, principal }) {
      expectRole(principal, 'node')
      return reply(200, { data: judge.of(pull_request_url) })
    },
    listLogs({ query: { task_id, ...at }, principal }) {
      expectRole(principal, 'node')
      return reply(200, pageOf(logs.of(task_id), at))
    },
    listModels({ principal }) {
      expectRole(principal, 'node')
      return reply(200, { data: models })
    },
    listSwarmTypes({ principal }) {
      expectRole(principal, 'node')
      return reply(200, { data: [...swarmTypes] })
    },
    health: () => reply(200, { status: 'healthy', running_tasks: tasks.running() }),
  }
}

function notFound(message: string): Refusal {
  return new Refusal(404, 'not_found', { message })
}
