import type { z } from 'zod'
import { container } from '#contracts/prometheus/container.ts'
import type { Task, Verdict } from '#contracts/prometheus/shapes.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { untyped } from '#harness/serve/service.ts'
import { exampleServer, type ExampleServer } from './example-server.ts'

type ContainerHandlers = Handlers<OperationsOf<typeof container>, string>
type ContainerTask = z.output<typeof Task>

export const pullRequestUrl = 'https://github.com/example/greetings/pull/1'

/** A container whose tasks end when a test says so. It reports nothing by itself. */
export type ExampleContainer = ExampleServer &
  Readonly<{
    /** Ids of the tasks that it was given, in order; a task that is given again stands here again. */
    given: readonly string[]
    /** How often it was asked about a task. */
    asked: (taskId: string) => number
    succeed: (taskId: string) => void
    fail: (taskId: string, error: string) => void
    /** It knows none of its tasks any more. */
    forget: () => void
    /** Ends the audit that was asked for; each waits for it. */
    judge: (verdict: z.output<typeof Verdict>) => void
    /** How many audits it was asked for. */
    audits: () => number
  }>

export async function exampleContainer(): Promise<ExampleContainer> {
  const tasks = new Map<string, ContainerTask>()
  const given: string[] = []
  const asked: string[] = []
  let audits = 0
  let verdict = Promise.withResolvers<z.output<typeof Verdict>>()
  function known(taskId: string): ContainerTask {
    const task = tasks.get(taskId)
    if (!task) throw new Refusal(404, 'not_found', { message: 'There is no such task.' })
    return task
  }
  const handlers: Partial<ContainerHandlers> = {
    health: () => reply(200, { status: 'healthy', running_tasks: 0 }),
    startTask({ params: { task_id }, body: { todo_id, kind } }) {
      given.push(task_id)
      const started_at = new Date().toISOString()
      const task = tasks.get(task_id) ?? { task_id, todo_id, kind, status: 'running', error: null, started_at }
      tasks.set(task_id, task)
      return reply(202, { data: task })
    },
    getTask({ params: { task_id } }) {
      asked.push(task_id)
      return reply(200, { data: known(task_id) })
    },
    getSubmission({ params: { task_id } }) {
      if (known(task_id).status !== 'succeeded') throw new Refusal(404, 'not_found', { message: 'There is none.' })
      return reply(200, { data: { task_id, pull_request_url: pullRequestUrl, github_username: 'bob' } })
    },
    async audit() {
      audits += 1
      return reply(200, { data: await verdict.promise })
    },
  }
  const server = await exampleServer(container, untyped(handlers))
  return {
    ...server,
    given,
    asked: (taskId) => asked.filter((id) => id === taskId).length,
    succeed: (taskId) => void tasks.set(taskId, { ...known(taskId), status: 'succeeded' }),
    fail: (taskId, error) => void tasks.set(taskId, { ...known(taskId), status: 'failed', error }),
    forget: () => tasks.clear(),
    judge(given) {
      verdict.resolve(given)
      verdict = Promise.withResolvers()
    },
    audits: () => audits,
  }
}
