import type { CallOptions } from '#harness/client/options.ts'
import { claimedTodoOf, type ClaimedTodo, type ClaimRef, type Submission } from '#consumers/prometheus/shared/claims.ts'
import { claimedWorkOf, type ClaimedWork } from '#consumers/prometheus/shared/claimed-work.ts'
import type { CoordinatorClient } from '#consumers/prometheus/shared/coordinator-client.ts'
import { underClaim, type UnderClaim } from '#consumers/prometheus/shared/under-claim.ts'

/** What the worker asks of the coordinator. */
export type WorkerCoordinator = ClaimedWork &
  Readonly<{
    /** Claims the oldest todo that waits to be done; undefined where none does. */
    claimWork: (options?: CallOptions) => Promise<ClaimedTodo | undefined>
    /** Says where the work is: the value is what is stored. The same address again is `done` too. */
    putPullRequest: (
      claim: ClaimRef,
      pullRequestUrl: string,
      options?: CallOptions,
    ) => Promise<UnderClaim<string | null>>
    /** Submits the work for an audit; its round is the todo's attempts, the value when it was. The same submission again is `done` too. */
    submit: (claim: ClaimRef, submission: Submission, options?: CallOptions) => Promise<UnderClaim<Date>>
  }>

export function workerCoordinatorOf(calls: CoordinatorClient): WorkerCoordinator {
  return {
    ...claimedWorkOf(calls),
    async claimWork(options) {
      const { body } = await calls.claimTodo({ body: { kind: 'work' } }, options)
      return body && claimedTodoOf(body.data)
    },
    putPullRequest({ claimId, todoId }, pullRequestUrl, options) {
      const body = { claim_id: claimId, pull_request_url: pullRequestUrl }
      const set = calls.putPullRequest({ params: { todo_id: todoId }, body }, options)
      return underClaim(set.then((reply) => reply.body.data.pull_request_url))
    },
    submit({ claimId, todoId }, { round, pullRequestUrl, githubUsername }, options) {
      const body = { claim_id: claimId, round, pull_request_url: pullRequestUrl, github_username: githubUsername }
      const submitted = calls.putSubmission({ params: { todo_id: todoId }, body }, options)
      return underClaim(submitted.then((reply) => new Date(reply.body.data.submitted_at)))
    },
  }
}
