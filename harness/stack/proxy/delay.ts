import { performance } from 'node:perf_hooks'

import { callHook } from './hook-call.ts'
import type { OpenExchange } from './open-exchange.ts'
import type { Hooks } from './types.ts'

/** The most that a timer takes; it does not wait at all for more. */
const MOST_MS = 2 ** 31 - 1

type DelayHook = 'delay' | 'eventDelay' | 'frameDelay'

/** Holds the answer of an exchange back for as long as the `delay` hook says. */
export async function holdBack(exchange: OpenExchange, hook: NonNullable<Hooks['delay']>): Promise<void> {
  await exchange.pause(delayOf('delay', () => hook(exchange.request)))
}

/** The milliseconds that a hook gives. Throws a HookFailure for what is no time that can be waited for. */
export function delayOf(hook: DelayHook, call: () => number): number {
  return callHook(hook, () => {
    const ms = call()
    if (ms >= 0 && ms <= MOST_MS) return ms
    throw new Error(`${ms} is no number of milliseconds from 0 to ${MOST_MS}`)
  })
}

/** Keeps what passes by apart. Timers are late now and then: what follows is the earlier for it. */
export class Pace {
  readonly #exchange: OpenExchange
  #due = performance.now()

  constructor(exchange: OpenExchange) {
    this.#exchange = exchange
  }

  /** Waits until so many milliseconds lie between the last one and this. */
  async next(gapMs: number): Promise<void> {
    this.#due += gapMs
    const now = performance.now()
    if (this.#due <= now) this.#due = now
    else await this.#exchange.pause(this.#due - now)
  }
}
