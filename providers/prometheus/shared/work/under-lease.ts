import type { CallOptions } from '#harness/client/options.ts'
import type { AnyReport, Claim } from '../tasks/task.ts'
import { isOver, untilNextLook } from './lease.ts'
import type { ClaimedTask } from './moves.ts'
import { renew } from './renew.ts'
import type { Workshop } from './workshop.ts'

/** What came of something that was done under a lease. */
type UnderLease<T> = Readonly<{ kind: 'done'; value: T }> | Readonly<{ kind: 'lost' }>

/**
 * Does something that may take longer than the lease, which is renewed meanwhile. It is broken off where the lease is lost.
 * Throws what it throws itself.
 */
export async function underLease<C extends Claim, R extends AnyReport, T>(
  workshop: Workshop<C, R>,
  task: ClaimedTask<C, R>,
  { work, signal }: { work: (options: CallOptions) => Promise<T>; signal: AbortSignal },
): Promise<UnderLease<T>> {
  const done = new AbortController()
  const lost = new AbortController()
  const renewals = keepRenewing(workshop, task, AbortSignal.any([signal, done.signal])).then((kind) => {
    if (kind === 'lost') lost.abort()
  })
  try {
    return { kind: 'done', value: await work({ signal: AbortSignal.any([signal, lost.signal]) }) }
  } catch (error) {
    if (lost.signal.aborted) return { kind: 'lost' }
    throw error
  } finally {
    done.abort()
    await renewals
  }
}

async function keepRenewing<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  task: ClaimedTask<C, R>,
  signal: AbortSignal,
): Promise<'lost' | 'stopped'> {
  const { clock } = workshop
  let { claim } = task
  for (;;) {
    await clock.pause(untilNextLook(claim, clock.now()), signal)
    if (signal.aborted) return 'stopped'
    const renewal = await renew(workshop, { ...task, claim }, { signal })
    if (signal.aborted) return 'stopped'
    if (renewal.kind === 'lost' || isOver(renewal.claim, clock.now())) return 'lost'
    claim = renewal.claim
  }
}
