import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { Client } from '#harness/client/client.ts'

/** The typed client that every caller of the coordinator calls with. */
export type CoordinatorClient = Client<typeof coordinator>
