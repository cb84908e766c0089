import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { client } from '#harness/client/client.ts'
import type { CallOptions } from '#harness/client/options.ts'
import { coordinatorHealth, type CoordinatorHealth } from '#consumers/prometheus/shared/coordinator-health.ts'
import { settingsIn, type CallSettings } from '#consumers/prometheus/shared/node-options.ts'
import { jobsOf, type Jobs } from './jobs.ts'

export type OwnerOptions = CallSettings &
  Readonly<{
    coordinatorUrl: string
    /** A token that is good at the coordinator: see shared/token-source.ts. */
    token: () => string | Promise<string>
  }>

/** All that an owner asks of the coordinator. */
export type OwnerApi = Jobs & Readonly<{ health: (options?: CallOptions) => Promise<CoordinatorHealth> }>

/**
 * Makes an owner's client. Every function throws what harness/client/errors.ts lists; `refusalOf` and `isOutOfReach`
 * (shared/refusal.ts) tell what can be done about it.
 */
export function createOwnerApi({ coordinatorUrl, token, ...settings }: OwnerOptions): OwnerApi {
  const credentials = { kind: 'bearer', token } as const
  const calls = client(coordinator, { ...settingsIn(settings), baseUrl: coordinatorUrl, credentials })
  return { ...jobsOf(calls), health: (options) => coordinatorHealth(calls, options) }
}
