import { reply } from '#harness/contract/reply.ts'
import { expectNode, type Principal } from '../auth/principal.ts'
import { fingerprintOf } from '../claims/fingerprint.ts'
import type { ClaimCall } from '../claims/under-claim.ts'
import type { Parts } from '../parts.ts'
import { notFound } from '../refusals.ts'
import type { CoordinatorHandlers } from './coordinator-handlers.ts'

type Names =
  | 'claimTodo'
  | 'reportStatus'
  | 'putPlan'
  | 'putPullRequest'
  | 'putSubmission'
  | 'getSubmission'
  | 'putAudit'

type UnderClaim = Readonly<{ params: { todo_id: string }; body: { claim_id: string }; principal: Principal }>

/** What nodes do. */
export function nodeHandlers(parts: Parts): Pick<CoordinatorHandlers, Names> {
  const { audits, claiming, plans, statuses, submissions, todos } = parts
  return {
    async claimTodo({ body: { kind }, principal }) {
      const claim = await claiming.claim(expectNode(principal), kind)
      return claim ? reply(201, { data: claim }) : reply(204)
    },
    async reportStatus(input) {
      const { status, message } = input.body
      const claim =
        status === 'failed'
          ? await statuses.giveBack(callOf('reportStatus', input), message)
          : await statuses.renew(callOf('renew', input))
      return reply(200, { data: claim })
    },
    async putPlan(input) {
      return reply(200, { data: [...(await plans.put(callOf('putPlan', input), input.body.todos))] })
    },
    async putPullRequest(input) {
      const { pull_request_url } = input.body
      return reply(200, { data: await submissions.putPullRequest(callOf('putPullRequest', input), pull_request_url) })
    },
    async putSubmission(input) {
      return reply(200, { data: await submissions.put(callOf('putSubmission', input), input.body) })
    },
    async getSubmission({ params: { todo_id }, principal }) {
      expectNode(principal)
      const submission = await todos.submission(todo_id)
      if (!submission) throw notFound('submission')
      return reply(200, { data: submission })
    },
    async putAudit(input) {
      return reply(200, { data: await audits.put(callOf('putAudit', input), input.body) })
    },
  }
}

function callOf(operation: string, { params, body, principal }: UnderClaim): ClaimCall {
  return {
    todoId: params.todo_id,
    claimId: body.claim_id,
    node: expectNode(principal),
    operation,
    fingerprint: fingerprintOf(body),
  }
}
