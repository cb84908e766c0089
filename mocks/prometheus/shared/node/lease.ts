/** The time that a claim holds, in milliseconds since 1970. */
export type Lease = Readonly<{
  until: number
  /** When to look at its task again: after a third of what is left. */
  lookAt: number
}>

/** So that there is an end to thirds of thirds. */
const shortestMs = 25

export function leaseUntil(until: number, now: number): Lease {
  return { until, lookAt: now + Math.max((until - now) / 3, shortestMs) }
}

/** The lease of a claim whose end is said in ISO 8601. */
export function leaseOf({ lease_expires_at }: Readonly<{ lease_expires_at: string }>, now: number): Lease {
  return leaseUntil(Date.parse(lease_expires_at), now)
}

export function isOver({ until }: Lease, now: number): boolean {
  return now >= until
}
