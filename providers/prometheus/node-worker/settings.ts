import { workerEnvironment } from '#contracts/prometheus/environment.ts'
import { readEnvironment } from '#harness/contract/environment.ts'
import { checkPrivateKey, type NodeSettings } from '../shared/settings.ts'

/**
 * Reads the environment.
 * @throws InvalidEnvironment naming every variable that is missing or malformed, CannotStart for a key that is none.
 */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): NodeSettings {
  const read = readEnvironment('prometheus/node-worker', workerEnvironment, variables)
  const settings = {
    address: read.WORKER_BIND,
    directory: read.WORKER_DATA,
    logLevel: read.WORKER_LOG,
    keys: read.JWT_KEYS,
    privateKey: read.WORKER_PRIVATE_KEY,
    coordinatorUrl: read.COORDINATOR_URL,
    containerUrl: read.CONTAINER_URL,
    pollSeconds: read.POLL_SECONDS,
    githubUsername: read.GITHUB_USERNAME,
  }
  checkPrivateKey(settings, 'WORKER_PRIVATE_KEY')
  return settings
}
