import { reply } from '#harness/contract/reply.ts'
import type { Memory } from '../memory.ts'
import { mediaType } from '../prometheus.ts'
import type { BackendHandlers } from './backend-handlers.ts'

/** What those who run the service ask. */
export function operationalHandlers({ health, metrics }: Memory): Pick<BackendHandlers, 'health' | 'metrics'> {
  return {
    health() {
      const stores = health.stores()
      return Object.values(stores).every((state) => state === 'healthy') ? reply(200, stores) : reply(503, stores)
    },
    metrics: () => reply(200, metrics.text(), { 'content-type': mediaType }),
  }
}
