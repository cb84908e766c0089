import { setTimeout as tick } from 'node:timers/promises'
import type { Clock } from '../work/clock.ts'

/** A clock on which time passes only while a test waits for something. */
export type TestClock = Clock &
  Readonly<{
    /**
     * Waits for a condition. Each time that nothing more happens by itself, time goes on to the end of the pause that ends first.
     * @throws Error, naming the condition, where it does not hold after 4 s of real time.
     */
    until: (name: string, condition: () => boolean | Promise<boolean>) => Promise<void>
  }>

const patienceMs = 4_000
/** How long what happens by itself may take: calls on this machine take about a millisecond. */
const settlingMs = 15

type Pause = Readonly<{ end: number; wake: () => void }>

export function testClock(): TestClock {
  let now = Date.now()
  const pauses = new Set<Pause>()
  return {
    now: () => now,
    async pause(milliseconds, signal) {
      if (signal.aborted) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const wake = (): void => resolve()
      const pause = { end: now + milliseconds, wake }
      pauses.add(pause)
      signal.addEventListener('abort', wake, { once: true })
      await promise
      signal.removeEventListener('abort', wake)
      pauses.delete(pause)
    },
    async until(name, condition) {
      const deadline = performance.now() + patienceMs
      while (!(await condition())) {
        if (performance.now() > deadline) throw new Error(`Not within ${patienceMs / 1000} s: ${name}.`)
        await tick(settlingMs)
        if (await condition()) return
        const [first] = [...pauses].toSorted((one, other) => one.end - other.end)
        if (!first) continue
        now = Math.max(now, first.end)
        first.wake()
      }
    },
  }
}
