import { planner } from '#contracts/prometheus/node.ts'
import type { PlannerApi } from '#consumers/prometheus/node-planner/api.ts'
import { reply } from '#harness/contract/reply.ts'
import { callbackHandlers, reportTaker } from '../shared/callbacks/callback-handlers.ts'
import { openNode, type NodeTools, type OpenNode } from '../shared/open-node.ts'
import { plannerDuties } from './duties.ts'
import { plannerTask } from './planner-task.ts'

/**
 * Puts the planner together.
 * @throws CannotStart where tasks cannot be kept in its directory.
 */
export function openPlanner(api: PlannerApi, tools: NodeTools): Promise<OpenNode> {
  return openNode(
    {
      contract: planner,
      schema: plannerTask,
      handlers: (parts) => ({
        ...callbackHandlers(parts),
        async reportPlan({ params: { task_id }, body: { todos } }) {
          await reportTaker(parts)(task_id, { kind: 'plan', steps: todos })
          return reply(204)
        },
      }),
      duties: plannerDuties(api),
      ...api,
    },
    tools,
  )
}
