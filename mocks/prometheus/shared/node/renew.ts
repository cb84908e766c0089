import { makeBell } from '../bell.ts'
import { tryCall, type Calling, type Outcome } from '../outcome.ts'
import type { ActiveNode } from './active-node.ts'
import { todoOf, type Claim } from './claiming.ts'
import { isOver, leaseOf, leaseUntil, type Lease } from './lease.ts'

/** Renews a lease; undefined where it is lost. Where nobody answers it is not any longer. */
export async function renew<Product>(
  { coordinator, memory, signal }: ActiveNode<Product>,
  claim: Claim,
  lease: Lease,
): Promise<Lease | undefined> {
  const params = todoOf(claim)
  const body = { claim_id: claim.claim_id, status: 'in_progress', progress: 0 } as const
  const renewed = await tryCall((options) => coordinator.reportStatus({ params, body }, options), signal)
  switch (renewed.kind) {
    case 'answered':
      return leaseOf(renewed.value.body.data, memory.now())
    case 'refused':
      return undefined
    case 'unanswered':
      return leaseUntil(lease.until, memory.now())
  }
}

export type UnderLease<T> = Readonly<{ outcome: Outcome<T>; lease: Lease | undefined }>

/** Calls once and renews the lease until the answer comes. The call is broken off where the lease is lost. */
export async function underLease<Product, T>(
  node: ActiveNode<Product>,
  claim: Claim,
  { lease, call }: Readonly<{ lease: Lease; call: Calling<T> }>,
): Promise<UnderLease<T>> {
  const { now } = node.memory
  const lost = new AbortController()
  // A call that has just begun gets a third of what is left, so that one that fails at once renews nothing.
  let held: Lease | undefined = leaseUntil(lease.until, now())
  const ended = makeBell()
  let isCalling = true
  const calling = tryCall(call, AbortSignal.any([node.signal, lost.signal])).finally(() => {
    isCalling = false
    ended.ring()
  })
  while (isCalling && held && !isOver(held, now()) && !node.signal.aborted) {
    if (now() >= held.lookAt) held = await renew(node, claim, held)
    else await ended.wait(Math.min(held.lookAt, held.until) - now(), node.signal)
  }
  if (isCalling) lost.abort()
  return { outcome: await calling, lease: held }
}
