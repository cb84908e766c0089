import { fileURLToPath } from 'node:url'

/** Where the backend's migrations are. */
export const migrations: string = fileURLToPath(new URL('../migrations/', import.meta.url))
