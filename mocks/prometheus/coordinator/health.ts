import type { z } from 'zod'
import type { Health as HealthShape } from '#contracts/prometheus/shapes.ts'

/** Whether the database that a live coordinator has answers. */
export type Health = Readonly<{ down: () => void; up: () => void; database: () => z.input<typeof HealthShape> }>

export function makeHealth(): Health {
  let answers = true
  return {
    down: () => void (answers = false),
    up: () => void (answers = true),
    database: () => (answers ? 'healthy' : 'unhealthy'),
  }
}
