import type { OperationsOf } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import type { Caller } from '#contracts/prometheus/auth/tokens.ts'
import type { planner } from '#contracts/prometheus/node.ts'
import type { Bells } from '../tasks/bells.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import { statusOf, type AnyReport, type Claim, type Failure, type Task } from '../tasks/task.ts'
import type { Reach } from '../work/reach.ts'
import { receiveReport } from './receive-report.ts'

/** What callbacks work with. */
export type CallbackParts<C extends Claim, R extends AnyReport> = Readonly<{
  tasks: TaskFiles<Task<C, R>>
  bells: Bells
  coordinator: Reach
}>

/** The operations that all nodes have. */
type CallbackHandlers = Pick<Handlers<OperationsOf<typeof planner>, Caller>, 'getTask' | 'reportFailure' | 'health'>

/**
 * Makes what takes a report: it is on disk before the container gets its answer, and then the node's own work is woken.
 * It throws Refusal with 404 for a task that is not the container's, 409 as `receiveReport` says.
 */
export function reportTaker<C extends Claim, R extends AnyReport>({
  tasks,
  bells,
}: CallbackParts<C, R>): (taskId: string, report: R | Failure) => Promise<void> {
  return async (taskId, report) => {
    known(await tasks.change(taskId, (task) => receiveReport(known(task), report)))
    bells.ring(taskId)
  }
}

/** What every node takes from its container. */
export function callbackHandlers<C extends Claim, R extends AnyReport>(parts: CallbackParts<C, R>): CallbackHandlers {
  const take = reportTaker(parts)
  return {
    async getTask({ params: { task_id } }) {
      const task = known(await parts.tasks.read(task_id))
      return reply(200, { data: { task_id, status: statusOf(task) } })
    },
    async reportFailure({ params: { task_id }, body: { message } }) {
      await take(task_id, { kind: 'failure', message })
      return reply(204)
    },
    health: () => reply(200, { status: 'healthy', coordinator: parts.coordinator.state() }),
  }
}

/** An audit is answered in the call that asks for it: to callbacks there is no such task. */
function known<T extends Task>(task: T | undefined): T {
  if (!task || task.claim?.kind === 'audit') {
    throw new Refusal(404, 'not_found', { message: 'There is no such task.' })
  }
  return task
}
