import type { Controlled } from '#harness/control/controlled.ts'

/**
 * Keeps a stack going where the code of a mock throws outside of a request, in a timer or a promise that nobody waits for:
 * it is told, and all else goes on, until this is disposed of.
 */
export function survival({ notice }: Pick<Controlled, 'notice'>): Disposable {
  function tell(error: unknown): void {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    notice({
      level: 'error',
      message: `handler-failed: a mock failed outside of a request: ${what}\n    The stack goes on. Catch it where it is thrown.`,
    })
  }
  process.on('uncaughtException', tell)
  return {
    [Symbol.dispose]: () => void process.off('uncaughtException', tell),
  }
}
