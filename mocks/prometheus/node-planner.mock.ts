import type { Caller } from '#contracts/prometheus/auth/tokens.ts'
import { planner } from '#contracts/prometheus/node.ts'
import { mock as defineMock, type Mock } from '#harness/mock/mock.ts'
import { plannerHandlers } from './node-planner/handlers.ts'
import { makePlannerMemory, type PlannerMemory } from './node-planner/memory.ts'
import { planningAndAuditing } from './node-planner/planning-and-auditing.ts'
import { nodeStates } from './shared/node/states.ts'

/** The stand-in for the planner: it plans and audits with its container, and keeps nothing on disk. */
export const mock: Mock = defineMock<typeof planner, PlannerMemory, Caller>(planner, {
  memory: makePlannerMemory,
  handlers: plannerHandlers,
  states: (memory) => ({
    ...nodeStates(memory),
    planReported({ task_id, todos }) {
      memory.tasks.await(task_id)
      memory.tasks.report(task_id, { kind: 'product', product: todos })
    },
  }),
  authenticate: ({ callers }, credential) => callers.authenticate(credential),
  background: planningAndAuditing,
})
