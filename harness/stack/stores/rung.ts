import type { RunningStore, StoreKind, StoreMode } from './store.ts'

/** What trying one way to get a store came to. `unset` is a way nobody asked for, and needs no mention. */
export type RungOutcome =
  | { kind: 'started'; store: RunningStore }
  | { kind: 'unavailable'; reason: string }
  | { kind: 'unset'; reason: string }

/**
 * One way to get a store. What a machine lacks is an outcome, and the next way is tried; an EnvironmentError thrown
 * here ends the search.
 */
export type Rung = { mode: StoreMode; start(env: NodeJS.ProcessEnv): Promise<RungOutcome> }

/** A kind of store with all ways to get one, the preferred way first. */
export type StoreRecipe = { kind: StoreKind; title: string; rungs: readonly Rung[] }

/** Runs a start; what it throws becomes the reason why this way is not available. */
export async function tryStart(start: () => Promise<RunningStore>): Promise<RungOutcome> {
  try {
    return { kind: 'started', store: await start() }
  } catch (error) {
    return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) }
  }
}
