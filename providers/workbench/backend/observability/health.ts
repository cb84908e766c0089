import type { z } from 'zod'
import type { Health } from '#contracts/workbench/shapes.ts'
import { withDeadline } from '../stores/deadline.ts'
import { reasonOf, type Logs } from './log.ts'

type Check = () => Promise<void>

/** How each store is asked whether it answers. */
export type Checks = Readonly<Record<keyof z.infer<typeof Health>, Check>>

/** The deadline of each store: one that hangs must not make the answer wait. */
const patienceMs = 800

/** Asks all stores at once. */
export async function checkHealth(checks: Checks, logs: Logs): Promise<z.infer<typeof Health>> {
  async function ask(store: keyof Checks): Promise<'healthy' | 'unhealthy'> {
    try {
      await withDeadline(`the check of the ${store}`, patienceMs, checks[store]())
      return 'healthy'
    } catch (error) {
      logs[store].warn({ reason: reasonOf(error) }, 'Unhealthy')
      return 'unhealthy'
    }
  }
  const [database, cache, storage] = await Promise.all([ask('database'), ask('cache'), ask('storage')])
  return { database, cache, storage }
}
