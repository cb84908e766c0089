import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import type { Board } from '../board.ts'
import type { CoordinatorMemory } from '../memory.ts'
import type { Principal } from '../principal.ts'
import { endLeases } from '../rules/leases.ts'

export type CoordinatorHandlers = Handlers<OperationsOf<typeof coordinator>, Principal>

/** The board as it is now: leases that are over have ended. */
export function current({ board }: CoordinatorMemory): Board {
  endLeases(board)
  return board
}
