import type { Claim } from '../tasks/task.ts'

/** The least time between two looks at a task, in milliseconds: what is left of a lease gets shorter with each. */
const shortestMs = 250

export function isOver({ leaseExpiresAt }: Claim, nowMs: number): boolean {
  return leaseExpiresAt.getTime() <= nowMs
}

/**
 * Milliseconds until a claim has to be looked at again: a third of what is left of its lease. Right after a renewal that
 * is a third of the lease, so that two renewals may fail before it is lost.
 */
export function untilNextLook({ leaseExpiresAt }: Claim, nowMs: number): number {
  const left = Math.max(0, leaseExpiresAt.getTime() - nowMs)
  return Math.min(left, Math.max(left / 3, shortestMs))
}
