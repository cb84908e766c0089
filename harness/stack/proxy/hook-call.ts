import { types } from 'node:util'

import type { Hooks } from './types.ts'

/** A hook threw, or returned something that cannot be sent. */
export class HookFailure extends Error {
  override readonly name = 'HookFailure'

  constructor(hook: keyof Hooks, cause: unknown) {
    const why = types.isNativeError(cause) ? cause.message : String(cause)
    super(`Proxy hook "${hook}" failed: ${why}. Correct the hook; the exchange was broken off.`, { cause })
  }
}

/** Runs a hook and what makes its result ready for the wire; whatever that throws becomes a HookFailure. */
export function callHook<T>(hook: keyof Hooks, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw new HookFailure(hook, error)
  }
}
