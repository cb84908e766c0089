import { plannerEnvironment } from '#contracts/prometheus/environment.ts'
import { readEnvironment } from '#harness/contract/environment.ts'
import { checkPrivateKey, type NodeSettings } from '../shared/settings.ts'

/**
 * Reads the environment.
 * @throws InvalidEnvironment naming every variable that is missing or malformed, CannotStart for a key that is none.
 */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): NodeSettings {
  const read = readEnvironment('prometheus/node-planner', plannerEnvironment, variables)
  const settings = {
    address: read.PLANNER_BIND,
    directory: read.PLANNER_DATA,
    logLevel: read.PLANNER_LOG,
    keys: read.JWT_KEYS,
    privateKey: read.PLANNER_PRIVATE_KEY,
    coordinatorUrl: read.COORDINATOR_URL,
    containerUrl: read.CONTAINER_URL,
    pollSeconds: read.POLL_SECONDS,
    githubUsername: read.GITHUB_USERNAME,
  }
  checkPrivateKey(settings, 'PLANNER_PRIVATE_KEY')
  return settings
}
