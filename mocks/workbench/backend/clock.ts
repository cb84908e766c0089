/** Gives the time, as ISO 8601 in UTC: each call a later moment than the one before, by a millisecond at least. */
export type Clock = () => string

/** Makes a clock; by it, what comes first is also older. */
export function makeClock(milliseconds: () => number = Date.now): Clock {
  let last = 0
  return () => {
    last = Math.max(milliseconds(), last + 1)
    return new Date(last).toISOString()
  }
}
