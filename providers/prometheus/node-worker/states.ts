import { workerName, type worker } from '#contracts/prometheus/node.ts'
import type { LiveStatesFactory } from '#harness/pact/replay/live-states.ts'
import { nodeStates } from '../shared/states/node-states.ts'
import { readSettings } from './settings.ts'

/** Sets up states of a running worker. */
export const states: LiveStatesFactory<typeof worker> = ({ environment }) => {
  const { keys, directory } = readSettings(environment)
  return Promise.resolve(nodeStates({ audience: workerName, keys, directory }))
}
