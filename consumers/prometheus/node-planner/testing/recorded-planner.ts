import { developmentKeys } from '#contracts/prometheus/development.ts'
import type { RecordingApi } from '#harness/pact/record/recording.ts'
import { createPlannerApi, type PlannerApi } from '../api.ts'
import type { NodeOptions } from '#consumers/prometheus/shared/node-options.ts'

/** The planner with a key of its own, and a token that the replay fills in. It calls whoever is recorded. */
export function plannerAt({ url, placeholder }: RecordingApi, options: Partial<NodeOptions> = {}): PlannerApi {
  return createPlannerApi({
    coordinatorUrl: url,
    containerUrl: url,
    privateKey: developmentKeys.planner.privateKey,
    token: () => placeholder,
    retryDelayMs: 1,
    ...options,
  })
}
