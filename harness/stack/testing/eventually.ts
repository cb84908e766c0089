import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 20

/** Waits until a condition holds. For tests. @throws Error, naming the condition, when it does not within `withinMs`. */
export async function eventually(
  name: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 5_000,
): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs / 1000} s: ${name}.`)
    await delay(POLL_MS)
  }
}
