const firstMs = 200

/** Pauses between tries of what fails: each twice as long as the one before, up to a cap. */
export type BackOff = Readonly<{
  /** Milliseconds until the next try. */
  next: () => number
  /** After a try that went well. */
  reset: () => void
}>

/** Each pause is half to all of its length, by chance, so that nodes which failed together do not come back together. */
export function makeBackOff(capMs: number): BackOff {
  let delay = Math.min(firstMs, capMs)
  return {
    next() {
      const current = delay
      delay = Math.min(delay * 2, capMs)
      return current * (0.5 + Math.random() / 2)
    },
    reset: () => void (delay = Math.min(firstMs, capMs)),
  }
}
