/** Wakes whoever waits. */
export type Bell = Readonly<{
  ring: () => void
  /** Waits for the bell, but so many milliseconds at most. Ends at once when the signal aborts, without an error. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}>

export function makeBell(): Bell {
  const waiting = new Set<() => void>()
  return {
    ring: () => waiting.forEach((wake) => wake()),
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        function wake(): void {
          clearTimeout(timer)
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, Math.max(0, milliseconds))
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      }),
  }
}
