import type { backend } from '#contracts/workbench/backend.ts'
import type { Client } from '#harness/client/client.ts'

/** The typed client that all areas of the API call with. */
export type BackendClient = Client<typeof backend>
