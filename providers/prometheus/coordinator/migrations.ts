import { fileURLToPath } from 'node:url'

/** Where the coordinator's migrations are. */
export const migrations: string = fileURLToPath(new URL('./migrations/', import.meta.url))
