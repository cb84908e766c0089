import { developmentKeys } from '#contracts/prometheus/development.ts'
import type { RecordingApi } from '#harness/pact/record/recording.ts'
import { createWorkerApi, type WorkerApi } from '../api.ts'
import type { NodeOptions } from '#consumers/prometheus/shared/node-options.ts'

/** The worker with a key of its own, and a token that the replay fills in. It calls whoever is recorded. */
export function workerAt({ url, placeholder }: RecordingApi, options: Partial<NodeOptions> = {}): WorkerApi {
  return createWorkerApi({
    coordinatorUrl: url,
    containerUrl: url,
    privateKey: developmentKeys.worker.privateKey,
    token: () => placeholder,
    retryDelayMs: 1,
    ...options,
  })
}
