/** Waits for so many milliseconds, or until the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  const wake = (): void => resolve()
  signal.addEventListener('abort', wake)
  await promise
  signal.removeEventListener('abort', wake)
  clearTimeout(timer)
}
