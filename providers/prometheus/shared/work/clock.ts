import { setTimeout as timer } from 'node:timers/promises'

/** The time, and waiting for it to pass. */
export type Clock = Readonly<{
  /** Milliseconds since 1970. */
  now: () => number
  /** Waits so many milliseconds, or until the signal is aborted, which is no failure. */
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>
}>

export const realClock: Clock = {
  now: Date.now,
  async pause(milliseconds, signal) {
    try {
      await timer(milliseconds, undefined, { signal })
    } catch (error) {
      if (!signal.aborted) throw error
    }
  },
}
