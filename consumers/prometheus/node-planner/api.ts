import { containerWithToken, signedCoordinator, type NodeOptions } from '#consumers/prometheus/shared/node-options.ts'
import { plannerContainerOf, type PlannerContainer } from './container.ts'
import { plannerCoordinatorOf, type PlannerCoordinator } from './coordinator.ts'

export type PlannerOptions = NodeOptions &
  Readonly<{
    /** Milliseconds that an agent may take for an audit. Default 600,000. */
    auditTimeoutMs?: number
  }>

/** All that the planner asks of others. */
export type PlannerApi = Readonly<{ coordinator: PlannerCoordinator; container: PlannerContainer }>

/**
 * Makes the planner's clients. Every function throws what harness/client/errors.ts lists; `refusalOf` and `isOutOfReach`
 * (shared/refusal.ts) tell what can be done about it.
 */
export function createPlannerApi({ auditTimeoutMs = 600_000, ...options }: PlannerOptions): PlannerApi {
  return {
    coordinator: plannerCoordinatorOf(signedCoordinator(options)),
    container: plannerContainerOf(
      containerWithToken(options),
      containerWithToken({ ...options, timeoutMs: auditTimeoutMs }),
    ),
  }
}
