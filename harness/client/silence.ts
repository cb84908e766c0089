/** Watches that something is heard now and then. */
export type SilenceWatch = Readonly<{
  signal: AbortSignal
  heard: () => void
  /** Stops watching until something is heard again: whoever listens is busy with what came. */
  hold: () => void
  stop: () => void
  readonly silent: boolean
}>

/** Aborts its signal after `milliseconds` without `heard()`, or with the caller's own signal. */
export function silenceWatch(milliseconds: number, callers: AbortSignal | undefined): SilenceWatch {
  const controller = new AbortController()
  let silent = false
  function give(): void {
    silent = true
    controller.abort()
  }
  let timer = setTimeout(give, milliseconds)
  return {
    signal: callers ? AbortSignal.any([controller.signal, callers]) : controller.signal,
    heard() {
      clearTimeout(timer)
      timer = setTimeout(give, milliseconds)
    },
    hold: () => clearTimeout(timer),
    // Stopping aborts as well: a reader that leaves early must not leave the connection open.
    stop() {
      clearTimeout(timer)
      controller.abort()
    },
    get silent() {
      return silent
    },
  }
}
