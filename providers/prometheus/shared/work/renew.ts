import type { CallOptions } from '#harness/client/options.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { AnyReport, Claim } from '../tasks/task.ts'
import type { ClaimedTask } from './moves.ts'
import type { Workshop } from './workshop.ts'

/** The claim with its lease as it is now, or that it is lost. */
export type Renewal<C extends Claim> = Readonly<{ kind: 'held'; claim: C }> | Readonly<{ kind: 'lost' }>

/** Renews a lease. Where nobody answers it stays as it was: there is time for two more tries. */
export async function renew<C extends Claim, R extends AnyReport>(
  { tasks, coordinator, reach, log }: Workshop<C, R>,
  { taskId, claim }: ClaimedTask<C, R>,
  options: CallOptions,
): Promise<Renewal<C>> {
  try {
    const answer = await reach.through(() => coordinator.stillWorking(claim, 0, options))
    if (answer.kind !== 'done') return { kind: 'lost' }
    const renewed = { ...claim, leaseExpiresAt: answer.value }
    await tasks.change(taskId, (task) => ({ ...task, claim: renewed }))
    return { kind: 'held', claim: renewed }
  } catch (error) {
    if (!options.signal?.aborted) log.warn({ task: taskId, reason: reasonOf(error) }, 'Lease not renewed')
    return { kind: 'held', claim }
  }
}
