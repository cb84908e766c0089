import type { z } from 'zod'
import { refuseCredential, refuseRole } from '#contracts/prometheus/auth/refusals.ts'
import {
  issueToken,
  tokenLifetimeSeconds,
  verifyToken,
  type Caller,
  type TokenKey,
} from '#contracts/prometheus/auth/tokens.ts'
import type { callerStates } from '#contracts/prometheus/caller-states.ts'
import type { CallerRole } from '#contracts/prometheus/shapes.ts'
import type { Credential } from '#harness/contract/security.ts'
import type { StateHandlers } from '#harness/contract/state.ts'

/** Those who call with tokens. */
export type Callers = Readonly<{
  /** Whose token it is; undefined where it is another kind of credential. Throws Refusal 401 where it is not good here. */
  authenticate: (credential: Credential) => Promise<Caller | undefined>
  states: StateHandlers<typeof callerStates>
}>

export type CallersOptions = Readonly<{
  keys: readonly TokenKey[]
  /** The name of the contract that is called. */
  audience: string
  /** Milliseconds since 1970. */
  now: () => number
}>

export function makeCallers({ keys, audience, now }: CallersOptions): Callers {
  const nowSeconds = (): number => now() / 1000
  return {
    async authenticate({ carrier, value }) {
      if (carrier !== 'bearer') return undefined
      const caller = await verifyToken(keys, value, { audience, nowSeconds: nowSeconds() })
      if (typeof caller === 'string') throw refuseCredential(caller)
      return caller
    },
    states: {
      callerKnown: async (caller) => ({
        token: await issueToken(keys, { caller, audience, nowSeconds: nowSeconds() }),
      }),
      async tokenExpired(caller) {
        const issued = nowSeconds() - 2 * tokenLifetimeSeconds
        return { token: await issueToken(keys, { caller, audience, nowSeconds: issued }) }
      },
    },
  }
}

/**
 * Lets callers of one role through.
 * @throws Refusal 403 for any other.
 */
export function expectRole({ role }: Caller, wanted: z.output<typeof CallerRole>): void {
  if (role !== wanted) throw refuseRole(`This is for the role ${wanted}.`)
}
