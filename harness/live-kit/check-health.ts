import type { Loggers } from './log.ts'
import { withDeadline } from './deadline.ts'
import { reasonOf } from './reason-of.ts'

/** How each store is asked whether it answers: throwing says that it does not. */
export type Checks<Store extends string> = Readonly<Record<Store, () => Promise<void>>>

export type HealthOf<Store extends string> = Record<Store, 'healthy' | 'unhealthy'>

/** The deadline of each store: one that hangs must not make the answer wait. */
const patienceMs = 800

/** Asks all stores at once. Answers within a second. */
export async function checkHealth<Store extends string>(
  checks: Checks<Store>,
  logs: Loggers<Store>,
): Promise<HealthOf<Store>> {
  async function ask(store: Store): Promise<'healthy' | 'unhealthy'> {
    try {
      await withDeadline(`the check of the ${store}`, patienceMs, checks[store]())
      return 'healthy'
    } catch (error) {
      logs[store].warn({ reason: reasonOf(error) }, 'Unhealthy')
      return 'unhealthy'
    }
  }
  const stores = Object.keys(checks) as Store[]
  const states = await Promise.all(stores.map(async (store) => [store, await ask(store)] as const))
  return Object.fromEntries(states) as HealthOf<Store>
}
