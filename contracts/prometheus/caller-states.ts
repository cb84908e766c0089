import { z } from 'zod'
import { state } from '#harness/contract/state.ts'
import { CallerRole, Token } from './shapes.ts'

const Caller = z.object({ name: z.string(), role: CallerRole })

/** States of callers: the same for every component that takes tokens. */
export const callerStates = {
  /** Somebody with a token that is good here. */
  callerKnown: state(Caller, { provides: { token: Token } }),
  /** The same, with a token that is over. */
  tokenExpired: state(Caller, { provides: { token: Token } }),
}
