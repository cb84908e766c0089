import { z } from 'zod'
import { GithubUsername, Id, PullRequestUrl, Repository } from '#contracts/prometheus/shapes.ts'

/** The claim of a plan or of work, as a node keeps it. */
export const TodoClaim = z.object({
  kind: z.enum(['plan', 'work']),
  claimId: Id,
  todoId: Id,
  jobId: Id,
  title: z.string(),
  description: z.string(),
  repository: Repository,
  attempts: z.int().min(0),
  leaseExpiresAt: z.coerce.date(),
})

/** The claim of an audit, as a node keeps it. */
export const AuditClaim = z.object({
  kind: z.literal('audit'),
  claimId: Id,
  todoId: Id,
  submission: z.object({ round: z.int().min(0), pullRequestUrl: PullRequestUrl, githubUsername: GithubUsername }),
  leaseExpiresAt: z.coerce.date(),
})

const Claim = z.discriminatedUnion('kind', [TodoClaim, AuditClaim])
export type Claim = z.output<typeof Claim>

/** That a task could not be done. */
const Failure = z.object({ kind: z.literal('failure'), message: z.string() })
export type Failure = z.output<typeof Failure>

/** What comes of a task, beside a failure: each node has its own. */
export type AnyReport = Readonly<{ kind: string }>

/** How far a task is. Every step is on disk before the next one begins. */
export type Stage<R extends AnyReport> =
  /** Claimed, and not surely with the container yet. */
  | Readonly<{ at: 'claimed' }>
  /** With the container. `ended`: it said before that it is through, and its report has not come. */
  | Readonly<{ at: 'given'; ended: boolean }>
  /** The outcome is known, and not surely with the coordinator yet. */
  | Readonly<{ at: 'reported'; report: R | Failure }>
  /** The coordinator has the outcome. */
  | Readonly<{ at: 'settled'; report: R | Failure }>
  /** The lease was lost. */
  | Readonly<{ at: 'abandoned' }>

/**
 * A task of a node; its id is its claim's. One without a claim was not claimed by this process' work but put here from
 * outside: the node takes its report and does nothing else about it.
 */
export type Task<C extends Claim = Claim, R extends AnyReport = AnyReport> = Readonly<{
  taskId: string
  claim: C | null
  stage: Stage<R>
}>

/** What a task file of a node holds, by what the node claims and what is reported to it. */
export function taskSchema<C extends Claim, R extends AnyReport>(
  claim: z.ZodType<C>,
  report: z.ZodType<R>,
): z.ZodType<Task<C, R>> {
  const anyReport = z.union([report, Failure])
  const stage = z.union([
    z.object({ at: z.literal('claimed') }),
    z.object({ at: z.literal('given'), ended: z.boolean() }),
    z.object({ at: z.literal('reported'), report: anyReport }),
    z.object({ at: z.literal('settled'), report: anyReport }),
    z.object({ at: z.literal('abandoned') }),
  ])
  return z.object({ taskId: Id, claim: claim.nullable(), stage })
}

export function isFailure(report: AnyReport): report is Failure {
  return report.kind === 'failure'
}

/** How a task looks to the container. */
export function statusOf({ stage }: Task): 'awaited' | 'reported' | 'abandoned' {
  switch (stage.at) {
    case 'claimed':
    case 'given':
      return 'awaited'
    case 'reported':
    case 'settled':
      return 'reported'
    case 'abandoned':
      return 'abandoned'
  }
}
