import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { AnyReport, Claim } from '../tasks/task.ts'
import { makeBackOff } from './back-off.ts'
import { follow } from './follow.ts'
import type { Workshop } from './workshop.ts'

/** For how long a task that ended is remembered, so that a report which comes again is known, in milliseconds. */
const remembranceMs = 24 * 60 * 60 * 1000

/**
 * Works until the signal is aborted: first what an earlier process left, then one claim after the other. Never throws:
 * what fails is logged and tried again, after pauses that grow up to the polling interval.
 */
export async function work<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  signal: AbortSignal,
): Promise<void> {
  const { clock, log, pollMs } = workshop
  const round = makeRounds(workshop, signal)
  const backOff = makeBackOff(pollMs)
  let hindrance: string | undefined
  await resume(workshop, signal)
  while (!signal.aborted) {
    let pauseMs: number
    try {
      pauseMs = await round()
      if (hindrance !== undefined) log.info('Works again')
      hindrance = undefined
      backOff.reset()
    } catch (error) {
      // Said once and not with every try.
      if (!signal.aborted && hindrance !== reasonOf(error)) log.warn({ reason: reasonOf(error) }, 'Cannot work')
      hindrance = reasonOf(error)
      pauseMs = backOff.next()
    }
    if (pauseMs > 0) await clock.pause(pauseMs, signal)
  }
}

/** All together: each has a lease that runs. */
async function resume<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  signal: AbortSignal,
): Promise<void> {
  const { tasks, log } = workshop
  async function one(taskId: string): Promise<void> {
    try {
      await follow(workshop, taskId, signal)
    } catch (error) {
      log.error({ task: taskId, reason: reasonOf(error) }, 'Task not taken up')
    }
  }
  try {
    await Promise.all((await tasks.ids()).map(one))
  } catch (error) {
    log.error({ reason: reasonOf(error) }, 'Tasks not taken up')
  }
}

/** Makes the function that claims something and does it, once; it gives the milliseconds until it may be called again. */
function makeRounds<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  signal: AbortSignal,
): () => Promise<number> {
  const { tasks, clock, log, pollMs } = workshop
  const claimNext = makeClaiming(workshop)
  return async () => {
    await checkPeers(workshop, signal)
    if (signal.aborted) return 0
    const claim = await claimNext()
    if (!claim) return pollMs
    log.info({ task: claim.claimId, todo: claim.todoId, kind: claim.kind }, 'Claimed')
    await tasks.add({ taskId: claim.claimId, claim, stage: { at: 'claimed' } })
    await follow(workshop, claim.claimId, signal)
    const ended = await tasks.read(claim.claimId)
    await tasks.forgetEnded(clock.now() - remembranceMs)
    // What was lost may be lost again: claiming the same at once would only use up its attempts.
    return ended?.stage.at === 'settled' ? 0 : pollMs
  }
}

/**
 * Nothing is claimed that could not be done: each claim counts as an attempt.
 * @throws Error where the coordinator or the container is not ready.
 */
async function checkPeers<C extends Claim, R extends AnyReport>(
  { coordinator, container, reach }: Workshop<C, R>,
  signal: AbortSignal,
): Promise<void> {
  const [health, containerHealth] = await Promise.all([coordinator.health({ signal }), container.health({ signal })])
  reach.note(health === 'out-of-reach' ? 'unreached' : 'reached')
  if (health !== 'healthy') throw new Error(`the coordinator is ${health}`)
  if (!containerHealth) throw new Error('the container is out-of-reach')
}

/** Asks for one kind after the other and begins with the one after the last that was found, so that none has to wait for ever. */
function makeClaiming<C extends Claim, R extends AnyReport>({
  duties,
  reach,
}: Workshop<C, R>): () => Promise<C | undefined> {
  let order = duties.claims
  return async () => {
    for (const claim of order) {
      // Without the signal: a claim that was made has to be known before the process ends.
      const claimed = await reach.through(() => claim())
      if (!claimed) continue
      const at = order.indexOf(claim) + 1
      order = [...order.slice(at), ...order.slice(0, at)]
      return claimed
    }
    return undefined
  }
}
