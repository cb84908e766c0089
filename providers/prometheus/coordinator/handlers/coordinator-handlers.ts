import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import type { Principal } from '../auth/principal.ts'

export type CoordinatorHandlers = Handlers<OperationsOf<typeof coordinator>, Principal>
