/** Wakes whoever waits for something about a task. */
export type Bells = Readonly<{
  /** Aborted when the task's bell rings the next time. Take it before looking at the task, and no ring is missed. */
  next: (taskId: string) => AbortSignal
  ring: (taskId: string) => void
}>

export function makeBells(): Bells {
  const waiting = new Map<string, AbortController>()
  return {
    next(taskId) {
      const bell = waiting.get(taskId) ?? new AbortController()
      waiting.set(taskId, bell)
      return bell.signal
    },
    ring(taskId) {
      waiting.get(taskId)?.abort()
      waiting.delete(taskId)
    },
  }
}
