import { newKeyPair } from '#contracts/prometheus/auth/request-signature.ts'
import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { CoordinatorMemory } from '../memory.ts'
import { jobStates } from './job-states.ts'
import { todoStates } from './todo-states.ts'
import { workStates } from './work-states.ts'

/** The states of the coordinator's contract, set up in memory. */
export function coordinatorStates(memory: CoordinatorMemory): StateHandlers<StatesOf<typeof coordinator>> {
  const { callers, health, nodes } = memory
  return {
    ...callers.states,
    ...jobStates(memory),
    ...todoStates(memory),
    ...workStates(memory),
    nodeRegistered: ({ name }) => ({ private_key: nodes.privateKeyOf(name) }),
    nodeUnknown: () => ({ private_key: newKeyPair().privateKey }),
    storeDown() {
      health.down()
    },
    allHealthy() {
      health.up()
    },
  }
}
