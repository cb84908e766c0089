/** Waits for some milliseconds, no longer than until one of the signals aborts. */
export function wait(milliseconds: number, signals: readonly AbortSignal[]): Promise<void> {
  const over = AbortSignal.any([...signals])
  if (over.aborted || milliseconds <= 0) return Promise.resolve()
  return new Promise((resolve) => {
    function end(): void {
      clearTimeout(timer)
      over.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    over.addEventListener('abort', end)
  })
}

/** Waits until one of the signals aborts. */
export function waitForEnd(signals: readonly AbortSignal[]): Promise<void> {
  const over = AbortSignal.any([...signals])
  if (over.aborted) return Promise.resolve()
  return new Promise((resolve) => over.addEventListener('abort', () => resolve(), { once: true }))
}
