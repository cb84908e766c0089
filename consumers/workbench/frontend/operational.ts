import type { z } from 'zod'
import type { Health as HealthShape } from '#contracts/workbench/shapes.ts'
import { ReplyError } from '#harness/client/errors.ts'
import type { CallOptions } from '#harness/client/options.ts'
import type { BackendClient } from './backend-client.ts'

type StoreHealth = 'healthy' | 'unhealthy'

export type Health = Readonly<{ database: StoreHealth; cache: StoreHealth; storage: StoreHealth }>

/** What the status page shows. */
export type Operational = Readonly<{
  /** Whether each store answers; a store that does not is no error here. */
  health: (options?: CallOptions) => Promise<Health>
  /** The metrics in Prometheus' text format. */
  metrics: (options?: CallOptions) => Promise<string>
}>

export function operationalOf(calls: BackendClient): Operational {
  return {
    async health(options) {
      try {
        const { body } = await calls.health({}, options)
        return healthOf(body)
      } catch (error) {
        if (error instanceof ReplyError && error.status === 503)
          return healthOf(error.body as z.output<typeof HealthShape>)
        throw error
      }
    },
    async metrics(options) {
      const { body } = await calls.metrics({}, options)
      return body
    },
  }
}

function healthOf({ database, cache, storage }: Health): Health {
  return { database, cache, storage }
}
