import { reply } from '#harness/contract/reply.ts'
import type { CoordinatorMemory } from '../memory.ts'
import type { CoordinatorHandlers } from './coordinator-handlers.ts'

export function operationalHandlers({ health }: CoordinatorMemory): Pick<CoordinatorHandlers, 'health'> {
  return {
    health() {
      const database = health.database()
      return database === 'healthy' ? reply(200, { database }) : reply(503, { database })
    },
  }
}
