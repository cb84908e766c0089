import type { z } from 'zod'
import type { TodoStatus } from '#contracts/prometheus/shapes.ts'
import type { CallOptions } from '#harness/client/options.ts'
import {
  claimedAuditOf,
  claimedTodoOf,
  type ClaimedAudit,
  type ClaimedTodo,
  type ClaimRef,
} from '#consumers/prometheus/shared/claims.ts'
import { claimedWorkOf, type ClaimedWork } from '#consumers/prometheus/shared/claimed-work.ts'
import type { CoordinatorClient } from '#consumers/prometheus/shared/coordinator-client.ts'
import { underClaim, type UnderClaim } from '#consumers/prometheus/shared/under-claim.ts'

export type Step = Readonly<{ title: string; description: string }>
/** A step as the coordinator keeps it. */
export type PlannedTodo = Readonly<{ todoId: string; title: string }>
export type Verdict = Readonly<{ approved: boolean; reason: string }>

/** What the planner asks of the coordinator. */
export type PlannerCoordinator = ClaimedWork &
  Readonly<{
    /** Claims the oldest job that waits for a plan; undefined where none does. */
    claimPlan: (options?: CallOptions) => Promise<ClaimedTodo | undefined>
    /** Claims the oldest submission that waits for an audit and is not the planner's own; undefined where none does. */
    claimAudit: (options?: CallOptions) => Promise<ClaimedAudit | undefined>
    /** Stores a plan, 1 to 100 steps: the value is the todos that they are now, in order. The same plan again is `done` too. */
    putPlan: (
      claim: ClaimRef,
      steps: readonly Step[],
      options?: CallOptions,
    ) => Promise<UnderClaim<readonly PlannedTodo[]>>
    /** Approves a submission, or rejects it: the value is what the todo is now. The same verdict again is `done` too. */
    putVerdict: (
      claim: ClaimRef,
      verdict: Verdict,
      options?: CallOptions,
    ) => Promise<UnderClaim<z.output<typeof TodoStatus>>>
  }>

export function plannerCoordinatorOf(calls: CoordinatorClient): PlannerCoordinator {
  return {
    ...claimedWorkOf(calls),
    async claimPlan(options) {
      const { body } = await calls.claimTodo({ body: { kind: 'plan' } }, options)
      return body && claimedTodoOf(body.data)
    },
    async claimAudit(options) {
      const { body } = await calls.claimTodo({ body: { kind: 'audit' } }, options)
      return body && claimedAuditOf(body.data)
    },
    putPlan({ claimId, todoId }, steps, options) {
      const todos = steps.map(({ title, description }) => ({ title, description }))
      const body = { claim_id: claimId, todos }
      const stored = calls.putPlan({ params: { todo_id: todoId }, body }, options)
      return underClaim(stored.then((reply) => reply.body.data.map(plannedTodoOf)))
    },
    putVerdict({ claimId, todoId }, { approved, reason }, options) {
      const body = { claim_id: claimId, approved, reason }
      const audited = calls.putAudit({ params: { todo_id: todoId }, body }, options)
      return underClaim(audited.then((reply) => reply.body.data.status))
    },
  }
}

function plannedTodoOf({ todo_id, title }: { todo_id: string; title: string }): PlannedTodo {
  return { todoId: todo_id, title }
}
