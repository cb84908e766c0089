import { Interrupted } from './exit-code.ts'

const parentPollMs = 500

/** Listens for Ctrl-C, SIGTERM and the end of the npm that runs the command, as long as it is in scope. */
export type Interruption = Disposable &
  Readonly<{
    /** Rejects with Interrupted when it is asked to end. */
    never: Promise<never>
    /** Resolves when it is asked to end. */
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
  // Nothing tells a command that npm, whose child it is by `exec`, was killed.
  const npm = process.env['npm_lifecycle_event'] === undefined ? undefined : process.ppid
  // It also keeps the process from ending, which a listener for signals alone does not.
  const awake = setInterval(() => {
    if (npm !== undefined && process.ppid !== npm) resolve()
  }, parentPollMs)
  return {
    asked,
    never,
    [Symbol.dispose]() {
      clearInterval(awake)
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
    },
  }
}
