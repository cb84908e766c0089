/** A kind of data store that a component may need. */
export const STORE_KINDS = ['postgres', 'redis'] as const
export type StoreKind = (typeof STORE_KINDS)[number]

/** Where a store comes from; in this order unless one is forced. */
export const STORE_MODES = ['environment', 'containers', 'binaries', 'embedded'] as const
export type StoreMode = (typeof STORE_MODES)[number]

export type RunningStore = AsyncDisposable & {
  kind: StoreKind
  mode: StoreMode
  /** With the password, if there is one: never print it. */
  url: string
  /** For people, without secrets: `PostgreSQL 17.11, container postgres:17-alpine`. */
  description: string
  stop(): Promise<void>
}

type StoreParts = Omit<RunningStore, typeof Symbol.asyncDispose>

/** A store whose `stop` does its work once, however often it is called. */
export function runningStore(parts: StoreParts): RunningStore {
  let stopping: Promise<void> | undefined
  const stop = (): Promise<void> => (stopping ??= parts.stop())
  return { ...parts, stop, [Symbol.asyncDispose]: stop }
}
