import type { z } from 'zod'
import type { Claim as ClaimShape, Submission as SubmissionShape } from '#contracts/prometheus/shapes.ts'

/** What every call under a claim names. */
export type ClaimRef = Readonly<{ claimId: string; todoId: string }>

export type Repository = Readonly<{ owner: string; name: string }>

/** A todo that the node may do until the lease is over. */
export type ClaimedTodo = ClaimRef &
  Readonly<{
    kind: 'plan' | 'work'
    jobId: string
    title: string
    description: string
    repository: Repository
    /** How often it was claimed, this time included. */
    attempts: number
    leaseExpiresAt: Date
  }>

export type Submission = Readonly<{ round: number; pullRequestUrl: string; githubUsername: string }>

/** A submission that the node may judge until the lease is over. */
export type ClaimedAudit = ClaimRef & Readonly<{ submission: Submission; leaseExpiresAt: Date }>

type ClaimBody = z.output<typeof ClaimShape>

export function claimedTodoOf({ claim_id, todo, lease_expires_at }: ClaimBody): ClaimedTodo {
  return {
    claimId: claim_id,
    todoId: todo.todo_id,
    kind: todo.kind,
    jobId: todo.job_id,
    title: todo.title,
    description: todo.description,
    repository: { owner: todo.repository.owner, name: todo.repository.name },
    attempts: todo.attempts,
    leaseExpiresAt: new Date(lease_expires_at),
  }
}

/** @throws Error where the claim is none of an audit: it then comes without a submission. */
export function claimedAuditOf({ claim_id, todo, submission, lease_expires_at }: ClaimBody): ClaimedAudit {
  if (!submission)
    throw new Error(
      `claim ${claim_id} is to be an audit and has no submission. Compare the coordinator and its contract.`,
    )
  return {
    claimId: claim_id,
    todoId: todo.todo_id,
    submission: submissionOf(submission),
    leaseExpiresAt: new Date(lease_expires_at),
  }
}

export function submissionOf(body: z.output<typeof SubmissionShape>): Submission {
  return { round: body.round, pullRequestUrl: body.pull_request_url, githubUsername: body.github_username }
}
