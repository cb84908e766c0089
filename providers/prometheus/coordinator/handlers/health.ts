import { reply } from '#harness/contract/reply.ts'
import { checkHealth } from '#harness/live-kit/check-health.ts'
import type { Parts } from '../parts.ts'
import type { CoordinatorHandlers } from './coordinator-handlers.ts'

/** Whether the coordinator can do its work. */
export function healthHandler({ checks, logs }: Parts): Pick<CoordinatorHandlers, 'health'> {
  return {
    async health() {
      const health = await checkHealth(checks, logs)
      return health.database === 'healthy' ? reply(200, health) : reply(503, health)
    },
  }
}
