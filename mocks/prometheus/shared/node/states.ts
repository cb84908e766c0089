import type { planner } from '#contracts/prometheus/node.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { NodeMemory } from './memory.ts'

type NodeStates = Omit<StateHandlers<StatesOf<typeof planner>>, 'planReported'>

/** The states that all nodes have, set up in memory. */
export function nodeStates<Product>({ callers, tasks }: NodeMemory<Product>): NodeStates {
  return {
    ...callers.states,
    taskAwaited({ task_id }) {
      tasks.await(task_id)
    },
    taskAbandoned({ task_id }) {
      tasks.abandon(task_id)
    },
    failureReported({ task_id, message }) {
      tasks.await(task_id)
      tasks.report(task_id, { kind: 'failure', message })
    },
  }
}
