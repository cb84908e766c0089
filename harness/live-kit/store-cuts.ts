import { setTimeout as pause } from 'node:timers/promises'

/** How long a service may take to find its stores again. */
const recoveryMs = 10_000
const pollMs = 20

export type StoreCutsOptions = Readonly<{
  /** Where the service answers `/health` with 200 once all its stores answer. */
  baseUrl: string
  cut: (store: string) => Promise<void>
  restore: (store: string) => Promise<void>
  /** Throws while connections of one's own to the stores do not work. */
  check: () => Promise<unknown>
}>

/** The stores that states took from a service. */
export type StoreCuts = Readonly<{
  cut: (store: string) => Promise<void>
  /**
   * Gives all of them back, and waits until the service says that it is healthy. Does nothing where none is cut.
   * @throws Error where it is not within 10 s.
   */
  restore: () => Promise<void>
}>

/** Takes stores from a service, for states such as "the database is down". */
export function storeCuts(options: StoreCutsOptions): StoreCuts {
  const cut = new Set<string>()
  return {
    async cut(store) {
      cut.add(store)
      await options.cut(store)
    },
    async restore() {
      if (cut.size === 0) return
      for (const store of cut) await options.restore(store)
      cut.clear()
      await recovery(options)
    },
  }
}

async function recovery(options: StoreCutsOptions): Promise<void> {
  const deadline = performance.now() + recoveryMs
  while (performance.now() < deadline) {
    if (await isRecovered(options)) return
    await pause(pollMs)
  }
  throw new Error(`the service did not find its stores again within ${recoveryMs} ms. Look into its log.`)
}

async function isRecovered({ baseUrl, check }: StoreCutsOptions): Promise<boolean> {
  try {
    const [health] = await Promise.all([fetch(`${baseUrl}/health`), check()])
    await health.body?.cancel()
    return health.status === 200
  } catch {
    return false
  }
}
