import { wait } from './wait.ts'

/** Holds items back so that some milliseconds lie between each and the one before it. */
export function pacer(gap: () => number, signals: readonly AbortSignal[]): () => Promise<void> {
  let due = performance.now()
  return async () => {
    const now = performance.now()
    due = Math.max(now, due + gap())
    await wait(due - now, signals)
  }
}
