import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { mock as defineMock, type Mock } from '#harness/mock/mock.ts'
import { claimHandlers } from './coordinator/handlers/claims.ts'
import { containerHandlers } from './coordinator/handlers/containers.ts'
import type { CoordinatorHandlers } from './coordinator/handlers/coordinator-handlers.ts'
import { jobHandlers } from './coordinator/handlers/jobs.ts'
import { operationalHandlers } from './coordinator/handlers/operational.ts'
import { authenticate, makeCoordinatorMemory, type CoordinatorMemory } from './coordinator/memory.ts'
import type { Principal } from './coordinator/principal.ts'
import { coordinatorStates } from './coordinator/states/states.ts'

/** The stand-in for the coordinator: all operations and states of its contract, no database. */
export const mock: Mock = coordinatorBy(Date.now)

/** The stand-in with a clock of its own, in milliseconds since 1970. */
export function coordinatorBy(now: () => number): Mock {
  return defineMock<typeof coordinator, CoordinatorMemory, Principal>(coordinator, {
    memory: (environment) => makeCoordinatorMemory(environment, now),
    handlers: coordinatorHandlers,
    states: coordinatorStates,
    authenticate,
  })
}

function coordinatorHandlers(memory: CoordinatorMemory): CoordinatorHandlers {
  return {
    ...jobHandlers(memory),
    ...claimHandlers(memory),
    ...containerHandlers(memory),
    ...operationalHandlers(memory),
  }
}
