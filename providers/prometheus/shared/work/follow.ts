import type { UnderClaim } from '#consumers/prometheus/shared/under-claim.ts'
import type { CallOptions } from '#harness/client/options.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import { isFailure, type AnyReport, type Claim, type Failure, type Task } from '../tasks/task.ts'
import { makeBackOff, type BackOff } from './back-off.ts'
import { isOver } from './lease.ts'
import { abandon, move, type ClaimedTask } from './moves.ts'
import { underLease } from './under-lease.ts'
import { watch } from './watch.ts'
import type { Workshop } from './workshop.ts'

/**
 * Follows a claimed task until it has ended, its file is gone or the signal is aborted. What is to be done next is read
 * from the file each time, so that it goes on after a crash where it was.
 */
export async function follow<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  taskId: string,
  signal: AbortSignal,
): Promise<void> {
  using _bell = { [Symbol.dispose]: () => workshop.bells.ring(taskId) }
  const backOff = makeBackOff(workshop.pollMs)
  while (!signal.aborted) {
    const rung = workshop.bells.next(taskId)
    const task = await workshop.tasks.read(taskId)
    if (!task || !isClaimed(task)) return
    const pauseMs = await step(workshop, task, { signal, backOff })
    if (pauseMs === 'ended') return
    if (pauseMs > 0) await workshop.clock.pause(pauseMs, AbortSignal.any([signal, rung]))
  }
}

function isClaimed<C extends Claim, R extends AnyReport>(task: Task<C, R>): task is ClaimedTask<C, R> {
  return task.claim !== null
}

type Stoppable = Readonly<{ signal: AbortSignal }>
type Trying = Stoppable & Readonly<{ backOff: BackOff }>

/** Does what is next. Gives the milliseconds until the step after it. What fails is tried again until the lease is over. */
async function step<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  task: ClaimedTask<C, R>,
  { signal, backOff }: Trying,
): Promise<number | 'ended'> {
  try {
    const pauseMs = await next(workshop, task, { signal })
    backOff.reset()
    return pauseMs
  } catch (error) {
    if (signal.aborted) return 0
    workshop.log.warn({ task: task.taskId, stage: task.stage.at, reason: reasonOf(error) }, 'Step failed')
    if (!isOver(task.claim, workshop.clock.now())) return backOff.next()
    await abandon(workshop, task, 'its lease is over')
    return 0
  }
}

async function next<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  task: ClaimedTask<C, R>,
  options: Stoppable,
): Promise<number | 'ended'> {
  const { stage } = task
  switch (stage.at) {
    case 'claimed':
      return begin(workshop, task, options.signal)
    case 'given':
      return watch(workshop, { ...task, stage }, options)
    case 'reported': {
      const answer = await forward(workshop, task.claim, { report: stage.report, options })
      if (answer.kind === 'done') await move(workshop, task, { at: 'settled', report: stage.report })
      else await abandon(workshop, task, `the coordinator refused its outcome: ${answer.kind}`)
      return 0
    }
    case 'settled':
    case 'abandoned':
      return 'ended'
  }
}

async function begin<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  task: ClaimedTask<C, R>,
  signal: AbortSignal,
): Promise<number> {
  const begun = await underLease(workshop, task, {
    signal,
    work: (options) => workshop.duties.begin(task.claim, options),
  })
  if (begun.kind === 'done') await move(workshop, task, begun.value)
  else await abandon(workshop, task, 'its lease was lost before it was begun')
  return 0
}

function forward<C extends Claim, R extends AnyReport>(
  { duties, coordinator, reach }: Workshop<C, R>,
  claim: C,
  { report, options }: { report: R | Failure; options: CallOptions },
): Promise<UnderClaim<unknown>> {
  return reach.through(() =>
    isFailure(report) ? coordinator.giveBack(claim, report.message, options) : duties.forward(claim, report, options),
  )
}
