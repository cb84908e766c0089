import type { z } from 'zod'
import type { TodoStatus } from '#contracts/prometheus/shapes.ts'
import type { CallOptions } from '#harness/client/options.ts'
import { submissionOf, type ClaimRef, type Submission } from './claims.ts'
import type { CoordinatorClient } from './coordinator-client.ts'
import { coordinatorHealth, type CoordinatorHealth } from './coordinator-health.ts'
import { ifFound } from './refusal.ts'
import { underClaim, type UnderClaim } from './under-claim.ts'

/** How long a message may be. */
const messageLength = 2000

type Status = z.output<typeof TodoStatus>

/** What every node says to the coordinator about a todo that it has claimed. */
export type ClaimedWork = Readonly<{
  /** Says how far the todo is, from 0 to 1, which renews the lease: the value is its new end. */
  stillWorking: (claim: ClaimRef, progress: number, options?: CallOptions) => Promise<UnderClaim<Date>>
  /** Gives the todo back, as it could not be done: the value is what it is now. The message is cut at 2000 characters. */
  giveBack: (claim: ClaimRef, message: string, options?: CallOptions) => Promise<UnderClaim<Status>>
  /** What is submitted for a todo; undefined where nothing is. */
  submission: (todoId: string, options?: CallOptions) => Promise<Submission | undefined>
  health: (options?: CallOptions) => Promise<CoordinatorHealth>
}>

export function claimedWorkOf(calls: CoordinatorClient): ClaimedWork {
  return {
    stillWorking({ claimId, todoId }, progress, options) {
      const report = { claim_id: claimId, status: 'in_progress', progress } as const
      const reported = calls.reportStatus({ params: { todo_id: todoId }, body: report }, options)
      return underClaim(reported.then(({ body }) => new Date(body.data.lease_expires_at)))
    },
    giveBack({ claimId, todoId }, message, options) {
      const report = {
        claim_id: claimId,
        status: 'failed',
        progress: 0,
        message: message.slice(0, messageLength),
      } as const
      const reported = calls.reportStatus({ params: { todo_id: todoId }, body: report }, options)
      return underClaim(reported.then(({ body }) => body.data.todo.status))
    },
    async submission(todoId, options) {
      const found = await ifFound(calls.getSubmission({ params: { todo_id: todoId } }, options))
      return found && submissionOf(found.body.data)
    },
    health: (options) => coordinatorHealth(calls, options),
  }
}
