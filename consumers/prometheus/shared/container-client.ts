import type { container } from '#contracts/prometheus/container.ts'
import type { Client } from '#harness/client/client.ts'

/** The typed client that every caller of the container calls with. */
export type ContainerClient = Client<typeof container>
