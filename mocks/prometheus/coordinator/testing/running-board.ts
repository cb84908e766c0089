import { makeBoard, type Board, type KeptClaim, type KeptJob } from '../board.ts'
import type { Node } from '../nodes.ts'
import { claimTodo } from '../rules/claiming.ts'
import { putPlan, putSubmission, type Under } from '../rules/claimed-work.ts'
import { createJob } from '../rules/jobs.ts'
import { endLeases } from '../rules/leases.ts'
import { newJob, pullRequestUrl } from '../states/examples.ts'
import type { ClaimKind } from '../shapes.ts'

/** A board with a clock that only tests move: a lease holds for 60 seconds, a todo is tried three times. */
export type RunningBoard = Readonly<{
  board: Board
  /** Lets seconds go by; leases that are over by then have ended. */
  pass: (seconds: number) => void
  createJob: (name?: string) => KeptJob
  /** A job whose plan has these steps. */
  planned: (...titles: readonly string[]) => KeptJob
  /** Claims a todo that has to be there. */
  claim: (kind: ClaimKind, node?: Node) => Under & Readonly<{ claim: KeptClaim }>
  /** A todo that the worker has claimed and submitted, after doing something else under the claim. */
  submitted: (meanwhile?: (under: Under) => void) => Under
}>

export const planner: Node = { name: 'planner', publicKey: '6UsxUbActvDetSzh5EGuSXa3b1Rfa6ymicjSCUSreXzr' }
export const worker: Node = { name: 'worker', publicKey: '8wdMTSS6QhfCYf5TZameK37YMvQym4Jthqz4KFCaQmFE' }
export const submission = { round: 1, pull_request_url: pullRequestUrl, github_username: 'ann' }

export function runningBoard(): RunningBoard {
  let now = Date.parse('2026-01-01T00:00:00Z')
  const board = makeBoard({ now: () => now, leaseMs: 60_000, maxAttempts: 3 })
  const create = (name = 'Holidays'): KeptJob => createJob(board, 'ann', newJob(name))
  function claim(kind: ClaimKind, node = kind === 'work' ? worker : planner): ReturnType<RunningBoard['claim']> {
    const given = claimTodo(board, kind, node)
    if (!given) throw new Error(`there is no ${kind} to claim.`)
    return { node, todoId: given.todo_id, claimId: given.claim_id, claim: given }
  }
  return {
    board,
    claim,
    createJob: create,
    pass(seconds) {
      now += seconds * 1000
      endLeases(board)
    },
    planned(...titles) {
      const job = create()
      const plan = titles.map((title) => ({ title, description: `${title}.` }))
      putPlan(board, claim('plan'), plan)
      return board.jobs.get(job.job_id) ?? job
    },
    submitted(meanwhile = () => undefined) {
      const under = claim('work')
      meanwhile(under)
      putSubmission(board, under, submission)
      return under
    },
  }
}
