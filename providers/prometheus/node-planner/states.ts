import { plannerName, type planner } from '#contracts/prometheus/node.ts'
import type { LiveStatesFactory } from '#harness/pact/replay/live-states.ts'
import { nodeStates } from '../shared/states/node-states.ts'
import { readSettings } from './settings.ts'

/** Sets up states of a running planner. */
export const states: LiveStatesFactory<typeof planner> = ({ environment }) => {
  const { keys, directory } = readSettings(environment)
  return Promise.resolve(nodeStates({ audience: plannerName, keys, directory }))
}
