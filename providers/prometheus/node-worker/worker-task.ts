import { z } from 'zod'
import { PullRequestUrl } from '#contracts/prometheus/shapes.ts'
import { taskSchema, TodoClaim } from '../shared/tasks/task.ts'

export type WorkerClaim = z.output<typeof TodoClaim>

/** The outcome of work. */
const WorkerReport = z.object({ kind: z.literal('pull-request'), pullRequestUrl: PullRequestUrl })
export type WorkerReport = z.output<typeof WorkerReport>

export const workerTask = taskSchema(TodoClaim, WorkerReport)
