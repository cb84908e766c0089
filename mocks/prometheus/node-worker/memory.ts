import { developmentKeys } from '#contracts/prometheus/development.ts'
import { workerName } from '#contracts/prometheus/node.ts'
import type { Environment } from '../shared/environment.ts'
import { makeNodeMemory, type NodeMemory } from '../shared/node/memory.ts'

/** What comes of work: the address of its pull request. */
export type WorkerMemory = NodeMemory<string>

/** Makes the memory of a worker that waits for nothing. */
export function makeWorkerMemory(environment: Environment = {}, now?: () => number): WorkerMemory {
  const { privateKey: developmentKey } = developmentKeys.worker
  return makeNodeMemory({ audience: workerName, keyVariable: 'WORKER_PRIVATE_KEY', developmentKey }, environment, now)
}
