import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Claim } from '#contracts/prometheus/shapes.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { Clock } from '../work/clock.ts'

type AnyClaim = z.output<typeof Claim>
export type NewClaim = Omit<AnyClaim, 'lease_expires_at'>

/** A call that was made and answered: the operation, what was sent. */
type Call = Readonly<{ operation: string; body: Readonly<Record<string, unknown>> }>
type Body = Readonly<{ claim_id: string }>

type Held = { claim: NewClaim; expiresAt: number; ended: boolean; done: Map<string, Body> }

/** Claims and their leases as a coordinator keeps them. What is done under them throws Refusal 409 as its rules say. */
export type ExampleLedger = Readonly<{
  add: (claim: NewClaim) => AnyClaim
  renew: (operation: string, body: Body) => AnyClaim
  /** Something that may be done once. */
  keep: (operation: string, body: Body) => AnyClaim
  /** Something that may be done once and ends the claim. */
  end: (operation: string, body: Body) => AnyClaim
  /** What was done under claims, in order; renewals are `reportStatus` calls too. */
  calls: readonly Call[]
  /** The id of the last claim. */
  lastClaim: () => string
  claimed: () => number
  /** Ends all leases at once. */
  loseLeases: () => void
}>

/** How long a lease is, in milliseconds. */
export const leaseMs = 60_000

export function exampleLedger(clock: Clock): ExampleLedger {
  const claims = new Map<string, Held>()
  const calls: Call[] = []

  function holding(operation: string, body: Body): Held {
    const held = claims.get(body.claim_id)
    if (!held || held.ended || held.expiresAt <= clock.now())
      throw new Refusal(409, 'lease_lost', { message: 'The claim is over.' })
    calls.push({ operation, body })
    return held
  }
  function once(operation: string, body: Body): Held {
    const before = claims.get(body.claim_id)
    const done = before?.done.get(operation)
    if (before && isDeepStrictEqual(done, body)) return before
    if (done) throw new Refusal(409, 'conflict', { message: 'Something else was stored.' })
    const held = holding(operation, body)
    held.done.set(operation, body)
    return held
  }
  return {
    calls,
    claimed: () => claims.size,
    lastClaim: () => [...claims.keys()].at(-1) ?? '',
    keep: (operation, body) => shown(once(operation, body)),
    add(claim) {
      const held = { claim, expiresAt: clock.now() + leaseMs, ended: false, done: new Map() }
      claims.set(claim.claim_id, held)
      return shown(held)
    },
    renew(operation, body) {
      const held = holding(operation, body)
      held.expiresAt = clock.now() + leaseMs
      return shown(held)
    },
    end(operation, body) {
      const held = once(operation, body)
      held.ended = true
      return shown(held)
    },
    loseLeases() {
      for (const held of claims.values()) held.ended = true
    },
  }
}

function shown({ claim, expiresAt }: Held): AnyClaim {
  return { ...claim, lease_expires_at: new Date(expiresAt).toISOString() }
}
