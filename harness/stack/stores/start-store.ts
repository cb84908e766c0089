import { climb } from './ladder.ts'
import { postgres } from './postgres/postgres.ts'
import { redis } from './redis/redis.ts'
import type { StoreRecipe } from './rung.ts'
import type { RunningStore, StoreKind } from './store.ts'

const recipes: Readonly<Record<StoreKind, StoreRecipe>> = { postgres, redis }

/**
 * Starts a real data store of this kind, or uses the one that the environment names (CONCORDAT_POSTGRES_URL,
 * CONCORDAT_REDIS_URL). What was started ends with `stop`, with its scope, or with the harness.
 * @throws EnvironmentError when none can be had, the URL in the environment is not reachable, or CONCORDAT_STORES forces
 *   a way that this machine does not offer
 */
export function startStore(kind: StoreKind, options: { env?: NodeJS.ProcessEnv } = {}): Promise<RunningStore> {
  return climb(recipes[kind], options.env ?? process.env)
}
