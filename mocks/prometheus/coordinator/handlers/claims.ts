import { reply } from '#harness/contract/reply.ts'
import type { CoordinatorMemory } from '../memory.ts'
import { nodeOf, type Principal } from '../principal.ts'
import { claimTodo, viewClaim } from '../rules/claiming.ts'
import { putAudit, putPlan, putPullRequest, putSubmission, reportStatus, type Under } from '../rules/claimed-work.ts'
import { notFound } from '../rules/refusals.ts'
import { current, type CoordinatorHandlers } from './coordinator-handlers.ts'

type Names =
  | 'claimTodo'
  | 'reportStatus'
  | 'putPlan'
  | 'putPullRequest'
  | 'putSubmission'
  | 'getSubmission'
  | 'putAudit'

type ClaimedInput = Readonly<{ params: { todo_id: string }; body: { claim_id: string }; principal: Principal }>

function under({ params, body, principal }: ClaimedInput): Under {
  return { node: nodeOf(principal), todoId: params.todo_id, claimId: body.claim_id }
}

/** What nodes do with claims. */
export function claimHandlers(memory: CoordinatorMemory): Pick<CoordinatorHandlers, Names> {
  return {
    claimTodo({ body: { kind }, principal }) {
      const node = nodeOf(principal)
      const board = current(memory)
      const claim = claimTodo(board, kind, node)
      return claim ? reply(201, { data: viewClaim(board, claim) }) : reply(204)
    },
    reportStatus(input) {
      const { status, progress, message } = input.body
      const board = current(memory)
      return reply(200, { data: viewClaim(board, reportStatus(board, under(input), { status, progress, message })) })
    },
    putPlan: (input) => reply(200, { data: [...putPlan(current(memory), under(input), input.body.todos)] }),
    putPullRequest: (input) =>
      reply(200, { data: putPullRequest(current(memory), under(input), input.body.pull_request_url) }),
    putSubmission(input) {
      const { round, pull_request_url, github_username } = input.body
      const submission = { round, pull_request_url, github_username }
      return reply(200, { data: putSubmission(current(memory), under(input), submission) })
    },
    getSubmission({ params: { todo_id }, principal }) {
      nodeOf(principal)
      const submission = current(memory).submissions.get(todo_id)
      if (!submission) throw notFound('submission')
      return reply(200, { data: submission })
    },
    putAudit(input) {
      const { approved, reason } = input.body
      return reply(200, { data: putAudit(current(memory), under(input), { approved, reason }) })
    },
  }
}
