/** Where the components are that a stand-in calls: a base URL by the name of the component. */
export type Peers = (component: string) => string

/** Work that a stand-in does by itself. Ending aborts its signal and waits until it has ended. */
export type Background = Readonly<{ end: () => Promise<void> }>

export type BackgroundWork = Readonly<{
  /** Ends promptly once the signal aborts. */
  run: (signal: AbortSignal) => Promise<void>
  /** What is waited for before it begins: the work that it follows. */
  after: Promise<void>
  onFailure: (error: unknown) => void
  /** Milliseconds that it may take to end once it is asked to. Default 5 s. */
  graceMs?: number
}>

const defaultGraceMs = 5_000

/**
 * Starts work beside a stand-in. What it throws is reported; not where it was asked to end, which may break anything. Work
 * that does not end then is reported too, and waited for no longer.
 */
export function startBackground({ run, after, onFailure, graceMs = defaultGraceMs }: BackgroundWork): Background {
  const control = new AbortController()
  async function work(): Promise<void> {
    await Promise.race([after, abortOf(control.signal)])
    if (control.signal.aborted) return
    try {
      await run(control.signal)
    } catch (error) {
      if (!control.signal.aborted) onFailure(error)
    }
  }
  const ended = work()
  let ending: Promise<void> | undefined
  async function end(): Promise<void> {
    control.abort()
    if (await endsWithin(ended, graceMs)) return
    onFailure(new Error(`it did not end within ${graceMs / 1000} s of its signal`))
  }
  return { end: () => (ending ??= end()) }
}

function abortOf(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

async function endsWithin(ended: Promise<void>, graceMs: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), graceMs)
  try {
    return await Promise.race([ended.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
