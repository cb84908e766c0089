import { Interrupted } from './exit-code.ts'

/** Listens for Ctrl-C and SIGTERM as long as it is in scope. */
export type Interruption = Disposable &
  Readonly<{
    /** Rejects with Interrupted at the first signal. */
    never: Promise<never>
    /** Resolves at the first signal. */
    asked: Promise<void>
  }>

/**
 * Takes over the signals that ask a command to end, so that what it holds can be closed first. A second one ends the
 * process at once: its children are ended by the warden then.
 */
export function listenForInterruption(): Interruption {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  let count = 0
  function onSignal(): void {
    if (++count > 1) process.exit(130)
    resolve()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  const never = asked.then((): never => {
    throw new Interrupted('interrupted.')
  })
  never.catch(() => undefined)
  // A listener for signals alone does not keep a process from ending.
  const awake = setInterval(() => undefined, 60_000)
  return {
    asked,
    never,
    [Symbol.dispose]() {
      clearInterval(awake)
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    },
  }
}
