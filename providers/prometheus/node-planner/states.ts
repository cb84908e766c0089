import { plannerName, type planner } from '#contracts/prometheus/node.ts'
import type { LiveStatesFactory } from '#harness/pact/replay/live-states.ts'
import { nodeStates, writeReported } from '../shared/states/node-states.ts'
import type { PlannerReport } from './planner-task.ts'
import { readSettings } from './settings.ts'

/** Sets up states of a running planner. */
export const states: LiveStatesFactory<typeof planner> = ({ environment }) => {
  const { keys, directory } = readSettings(environment)
  const shared = nodeStates({ audience: plannerName, keys, directory })
  return Promise.resolve({
    ...shared,
    handlers: {
      ...shared.handlers,
      async planReported({ task_id, todos }) {
        const report: PlannerReport = { kind: 'plan', steps: todos }
        await writeReported(directory, task_id, report)
        return undefined
      },
    },
  })
}
