import type { z } from 'zod'
import type { Claim as ClaimShape, ClaimKind as ClaimKindShape } from '#contracts/prometheus/shapes.ts'
import { submissionColumns, submissionOf, type NoSubmissionRow, type SubmissionRow } from '../todos/submission-row.ts'
import { todoColumns, todoOf, type TodoRow } from '../todos/todo-row.ts'

export type Claim = z.output<typeof ClaimShape>
export type ClaimKind = z.output<typeof ClaimKindShape>

export type ClaimRow = TodoRow &
  (SubmissionRow | NoSubmissionRow) & { claimed_id: string; claimed_kind: ClaimKind; expires_at: Date }

/**
 * What a claim is read from: a table or query of this name with the columns of `todos`, joined by `claimJoins`.
 * @param lease where the end of the lease stands
 */
export function claimColumns(from: string, lease = `${from}.lease_expires_at`): string {
  const own = `claim.id as claimed_id, claim.kind as claimed_kind, ${lease} as expires_at`
  return `${own}, ${todoColumns(from)}, ${submissionColumns}`
}

/** The job of a todo, and what is to be audited: null for claims of other kinds. Needs a row `claim` with id and kind. */
export function claimJoins(from: string): string {
  return `join jobs on jobs.id = ${from}.job_id
    left join submissions on claim.kind = 'audit' and submissions.claim_id = ${from}.submission_claim_id`
}

/** A claim as the contract has it. */
export function claimOf(row: ClaimRow): Claim {
  return {
    claim_id: row.claimed_id,
    kind: row.claimed_kind,
    todo: todoOf(row),
    submission: row.submitted_todo_id === null ? null : submissionOf(row),
    lease_expires_at: row.expires_at.toISOString(),
  }
}
