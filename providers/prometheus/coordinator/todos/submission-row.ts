import type { z } from 'zod'
import type { Submission as SubmissionShape } from '#contracts/prometheus/shapes.ts'

export type Submission = z.output<typeof SubmissionShape>

export type SubmissionRow = Pick<Submission, 'round' | 'github_username' | 'staking_key'> & {
  submitted_todo_id: string
  submitted_url: string
  submitted_at: Date
}

/** Where there is no submission. */
export type NoSubmissionRow = { [K in keyof SubmissionRow]: null }

/** What a submission is read from, of the table `submissions`. */
export const submissionColumns =
  'submissions.todo_id as submitted_todo_id, submissions.round, submissions.pull_request_url as submitted_url, ' +
  'submissions.github_username, submissions.public_key as staking_key, submissions.submitted_at'

/** A submission as the contract has it. */
export function submissionOf(row: SubmissionRow): Submission {
  return {
    todo_id: row.submitted_todo_id,
    round: row.round,
    pull_request_url: row.submitted_url,
    github_username: row.github_username,
    staking_key: row.staking_key,
    submitted_at: row.submitted_at.toISOString(),
  }
}
