import type { z } from 'zod'
import type { Health as HealthShape } from '#contracts/workbench/shapes.ts'

type Stores = z.infer<typeof HealthShape>

/** Which of the stores that a live backend has answer. */
export type Health = Readonly<{ down: (store: keyof Stores) => void; allUp: () => void; stores: () => Stores }>

export function makeHealth(): Health {
  const silent = new Set<keyof Stores>()
  const stateOf = (store: keyof Stores): Stores[keyof Stores] => (silent.has(store) ? 'unhealthy' : 'healthy')
  return {
    down: (store) => void silent.add(store),
    allUp: () => silent.clear(),
    stores: () => ({ database: stateOf('database'), cache: stateOf('cache'), storage: stateOf('storage') }),
  }
}
