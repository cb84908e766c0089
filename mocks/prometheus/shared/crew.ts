/** Work that goes on side by side. */
export type Crew = Readonly<{
  add: (work: Promise<void>) => void
  /** How much of it still goes on. */
  size: () => number
  /** Throws what some of it threw. */
  check: () => void
  /** Resolves once all of it has ended. Rejects with what some of it threw. */
  ended: () => Promise<void>
}>

/** Makes a crew that nobody belongs to yet. */
export function makeCrew(onFailure: () => void = () => undefined): Crew {
  const busy = new Set<Promise<void>>()
  const failures: unknown[] = []
  function check(): void {
    if (failures.length > 0) throw failures[0]
  }
  return {
    add(work) {
      const watched: Promise<void> = work
        .catch((error: unknown) => {
          failures.push(error)
          onFailure()
        })
        .finally(() => void busy.delete(watched))
      busy.add(watched)
    },
    size: () => busy.size,
    check,
    async ended() {
      while (busy.size > 0) await Promise.all(busy)
      check()
    },
  }
}
