import type { Caller } from '#contracts/prometheus/auth/tokens.ts'
import type { planner, worker } from '#contracts/prometheus/node.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import { reply } from '#harness/contract/reply.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { expectRole } from '../callers.ts'
import type { NodeMemory } from './memory.ts'

export type PlannerHandlers = Handlers<OperationsOf<typeof planner>, Caller>
export type WorkerHandlers = Handlers<OperationsOf<typeof worker>, Caller>

type Common = Pick<PlannerHandlers & WorkerHandlers, 'getTask' | 'reportFailure' | 'health'>

/** What every node takes from its container. */
export function nodeHandlers<Product>({ tasks, coordinator }: NodeMemory<Product>): Common {
  return {
    getTask({ params: { task_id }, principal }) {
      expectRole(principal, 'container')
      return reply(200, { data: { task_id, status: tasks.get(task_id).status } })
    },
    reportFailure({ params: { task_id }, body: { message }, principal }) {
      expectRole(principal, 'container')
      tasks.report(task_id, { kind: 'failure', message })
      return reply(204)
    },
    health: () => reply(200, { status: 'healthy', coordinator: coordinator.isReached() ? 'reached' : 'unreached' }),
  }
}
