import type { TaskState } from '#consumers/prometheus/shared/container-tasks.ts'
import type { CallOptions } from '#harness/client/options.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { AnyReport, Claim, Failure } from '../tasks/task.ts'
import { isOver, untilNextLook } from './lease.ts'
import { abandon, move, type ClaimedTask } from './moves.ts'
import { renew } from './renew.ts'
import type { Workshop } from './workshop.ts'

type Given<C extends Claim, R extends AnyReport> = ClaimedTask<C, R> & Readonly<{ stage: { at: 'given' } }>

/**
 * Looks at a task that the container has. Gives the milliseconds until the next look; a report comes by itself.
 *
 * A task that runs has its lease renewed. One that is through should have been reported: the container gets the time until
 * the next look for it, as it stores results of work before it reports; then the outcome is fetched from it. Where the
 * container does not know the task, or does not answer, nothing is done, so that the lease runs out.
 */
export async function watch<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  task: Given<C, R>,
  options: CallOptions,
): Promise<number> {
  const state = await stateOf(workshop, task, options)
  const claim = await act(workshop, task, { state, options })
  if (!claim || options.signal?.aborted) return 0
  const now = workshop.clock.now()
  if (!isOver(claim, now)) return untilNextLook(claim, now)
  await abandon(workshop, task, 'its lease is over')
  return 0
}

type Seen = Readonly<{ state: TaskState | undefined; options: CallOptions }>

/** Does what the container's answer calls for. Gives the claim as it is then; undefined where the task moved on. */
async function act<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  task: Given<C, R>,
  { state, options }: Seen,
): Promise<C | undefined> {
  switch (state?.kind) {
    case 'running': {
      const renewal = await renew(workshop, task, options)
      if (renewal.kind === 'held') return renewal.claim
      await abandon(workshop, task, 'the coordinator took the claim back')
      return undefined
    }
    case 'succeeded':
    case 'failed': {
      const report = task.stage.ended ? await outcome(workshop, task, { state, options }) : undefined
      await move(workshop, task, report ? { at: 'reported', report } : { at: 'given', ended: true })
      return report ? undefined : task.claim
    }
    case 'unknown':
    case undefined:
      return task.claim
  }
}

/** Undefined where the container does not answer. */
async function stateOf<C extends Claim, R extends AnyReport>(
  { container, log }: Workshop<C, R>,
  { taskId }: Given<C, R>,
  options: CallOptions,
): Promise<TaskState | undefined> {
  try {
    return await container.taskState(taskId, options)
  } catch (error) {
    if (!options.signal?.aborted) log.warn({ task: taskId, reason: reasonOf(error) }, 'Container not asked')
    return undefined
  }
}

type Ended = Readonly<{
  state: Extract<TaskState, { kind: 'succeeded' | 'failed' }>
  options: CallOptions
}>

async function outcome<C extends Claim, R extends AnyReport>(
  { duties, log }: Workshop<C, R>,
  { taskId, claim }: Given<C, R>,
  { state, options }: Ended,
): Promise<R | Failure | undefined> {
  if (state.kind === 'failed') return { kind: 'failure', message: state.error }
  try {
    return await duties.collect(claim, options)
  } catch (error) {
    if (!options.signal?.aborted) log.warn({ task: taskId, reason: reasonOf(error) }, 'Outcome not fetched')
    return undefined
  }
}
