import type { z } from 'zod'
import type { Health } from '#contracts/prometheus/shapes.ts'
import { ReplyError } from '#harness/client/errors.ts'
import type { CallOptions } from '#harness/client/options.ts'
import type { CoordinatorClient } from './coordinator-client.ts'
import { isOutOfReach } from './refusal.ts'

/** Whether the coordinator and its database answer; `out-of-reach` where the coordinator does not. */
export type CoordinatorHealth = z.output<typeof Health> | 'out-of-reach'

export async function coordinatorHealth(calls: CoordinatorClient, options?: CallOptions): Promise<CoordinatorHealth> {
  try {
    const { body } = await calls.health({}, options)
    return body.database
  } catch (error) {
    if (error instanceof ReplyError && error.status === 503)
      return (error.body as Readonly<{ database: z.output<typeof Health> }>).database
    if (isOutOfReach(error)) return 'out-of-reach'
    throw error
  }
}
