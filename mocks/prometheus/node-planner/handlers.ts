import { reply } from '#harness/contract/reply.ts'
import { expectRole } from '../shared/callers.ts'
import { nodeHandlers, type PlannerHandlers } from '../shared/node/handlers.ts'
import type { PlannerMemory } from './memory.ts'

export function plannerHandlers(memory: PlannerMemory): PlannerHandlers {
  return {
    ...nodeHandlers(memory),
    reportPlan({ params: { task_id }, body: { todos }, principal }) {
      expectRole(principal, 'container')
      memory.tasks.report(task_id, { kind: 'product', product: todos })
      return reply(204)
    },
  }
}
