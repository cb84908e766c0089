import { setTimeout as delay } from 'node:timers/promises'

const patienceMs = 20_000
const pauseMs = 15

/**
 * Asks again and again, until there is an answer.
 * @throws Error, naming what was waited for, where there is none in time
 */
export async function until<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > deadline) throw new Error(`not within ${patienceMs / 1000} s: ${what}.`)
    await delay(pauseMs)
  }
}
