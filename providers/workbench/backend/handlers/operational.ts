import { reply } from '#harness/contract/reply.ts'
import { checkHealth } from '#harness/live-kit/check-health.ts'
import type { Parts } from '../parts.ts'
import type { BackendHandlers } from './backend-handlers.ts'

/** What those who run the service ask. */
export function operationalHandlers({ checks, logs, metrics }: Parts): Pick<BackendHandlers, 'health' | 'metrics'> {
  return {
    async health() {
      const health = await checkHealth(checks, logs)
      return Object.values(health).every((state) => state === 'healthy') ? reply(200, health) : reply(503, health)
    },
    async metrics() {
      return reply(200, await metrics.registry.metrics(), { 'content-type': metrics.registry.contentType })
    },
  }
}
