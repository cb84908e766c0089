import { workerName, type worker } from '#contracts/prometheus/node.ts'
import type { LiveStatesFactory } from '#harness/pact/replay/live-states.ts'
import { nodeStates, writeReported } from '../shared/states/node-states.ts'
import type { WorkerReport } from './worker-task.ts'
import { readSettings } from './settings.ts'

/** Sets up states of a running worker. */
export const states: LiveStatesFactory<typeof worker> = ({ environment }) => {
  const { keys, directory } = readSettings(environment)
  const shared = nodeStates({ audience: workerName, keys, directory })
  return Promise.resolve({
    ...shared,
    handlers: {
      ...shared.handlers,
      async pullRequestReported({ task_id, pull_request_url }) {
        const report: WorkerReport = { kind: 'pull-request', pullRequestUrl: pull_request_url }
        await writeReported(directory, task_id, report)
        return undefined
      },
    },
  })
}
