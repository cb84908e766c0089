import type { Logger } from 'pino'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { Nodes } from './nodes.ts'

const everyMs = 15_000

/** How many at a time: a deletion must not keep others waiting. */
const batch = 2_000

/** Forgets used signatures that are over, now and then, until it is disposed. */
export function forgetNowAndThen(nodes: Pick<Nodes, 'forgetSignatures'>, log: Logger): Disposable {
  let isBusy = false
  async function forget(): Promise<void> {
    if (isBusy) return
    isBusy = true
    try {
      while ((await nodes.forgetSignatures(batch)) === batch);
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'Signatures not forgotten')
    } finally {
      isBusy = false
    }
  }
  const timer = setInterval(() => void forget(), everyMs)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
