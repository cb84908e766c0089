import { EnvironmentError } from '../environment-error.ts'
import { startStore } from './start-store.ts'
import { STORE_MODES, runningStore } from './store.ts'
import type { RunningStore, StoreKind } from './store.ts'

/** Stores that a whole test run shares. `urls` hold passwords; `describe` tells, for people, what each kind is. */
export type SharedStores<Kind extends StoreKind> = AsyncDisposable & {
  urls: Record<Kind, string>
  describe: string[]
  stop(): Promise<void>
}

/**
 * Starts one store of each kind, together, and publishes them through the environment (CONCORDAT_SHARED_POSTGRES_URL and
 * so on), which the workers of a test run inherit. For a Jest global set-up; `stop` belongs into the global teardown.
 * @throws EnvironmentError when one cannot be had; none is left running then
 */
export async function shareStores<Kind extends StoreKind>(kinds: readonly Kind[]): Promise<SharedStores<Kind>> {
  const stores = await startAll(kinds)
  for (const store of stores) publish(store)
  const stop = async (): Promise<void> => {
    for (const { kind } of stores) withdraw(kind)
    await Promise.all(stores.map((store) => store.stop()))
  }
  return {
    urls: Object.fromEntries(stores.map(({ kind, url }) => [kind, url])) as Record<Kind, string>,
    describe: stores.map(({ description }) => description),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/**
 * The store of this kind that the test run shares, whose `stop` then does nothing; else one of its own.
 * @throws EnvironmentError as `startStore` does
 */
export function obtainStore(kind: StoreKind): Promise<RunningStore> {
  const shared = published(kind)
  return shared === undefined ? startStore(kind) : Promise.resolve(shared)
}

async function startAll(kinds: readonly StoreKind[]): Promise<RunningStore[]> {
  const starts = await Promise.allSettled([...new Set(kinds)].map((kind) => startStore(kind)))
  const stores = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const failures = starts.flatMap((start) => (start.status === 'rejected' ? [start.reason as Error] : []))
  if (failures.length === 0) return stores
  await Promise.all(stores.map((store) => store.stop()))
  throw new EnvironmentError(failures.map(({ message }) => message).join('\n'), { cause: failures[0] })
}

function variable(kind: StoreKind, what: 'URL' | 'MODE' | 'DESCRIPTION'): string {
  return `CONCORDAT_SHARED_${kind.toUpperCase()}_${what}`
}

function publish({ kind, url, mode, description }: RunningStore): void {
  process.env[variable(kind, 'URL')] = url
  process.env[variable(kind, 'MODE')] = mode
  process.env[variable(kind, 'DESCRIPTION')] = description
}

function withdraw(kind: StoreKind): void {
  for (const what of ['URL', 'MODE', 'DESCRIPTION'] as const) delete process.env[variable(kind, what)]
}

function published(kind: StoreKind): RunningStore | undefined {
  const url = process.env[variable(kind, 'URL')]
  const mode = STORE_MODES.find((known) => known === process.env[variable(kind, 'MODE')])
  const description = process.env[variable(kind, 'DESCRIPTION')]
  if (url === undefined || mode === undefined || description === undefined) return undefined
  return runningStore({ kind, mode, url, description, stop: async () => {} })
}
