import type { z } from 'zod'
import type {
  Job as JobShape,
  JobStatus,
  SwarmSpec,
  Todo as TodoShape,
  TodoStatus,
} from '#contracts/prometheus/shapes.ts'
import type { CallOptions } from '#harness/client/options.ts'
import type { CoordinatorClient } from '#consumers/prometheus/shared/coordinator-client.ts'
import { ifFound, refusalOf } from '#consumers/prometheus/shared/refusal.ts'

export type Repository = Readonly<{ owner: string; name: string }>

export type NewJob = Readonly<{
  spec: z.input<typeof SwarmSpec>
  repository: Repository
  metadata?: Readonly<Record<string, string>>
}>

export type Job = Readonly<{
  jobId: string
  name: string
  status: z.output<typeof JobStatus>
  /** From 0 to 1. */
  progress: number
  error: string | null
  metadata: Readonly<Record<string, string>>
  createdAt: Date
  updatedAt: Date
}>

export type Todo = Readonly<{
  todoId: string
  kind: 'plan' | 'work'
  title: string
  status: z.output<typeof TodoStatus>
  attempts: number
  pullRequestUrl: string | null
}>

type Page = Readonly<{ page: number; totalPages: number; totalItems: number }>
/** Newest first. */
export type JobList = Page & Readonly<{ jobs: readonly Job[] }>
/** In the order of the plan, the plan first. */
export type TodoList = Page & Readonly<{ todos: readonly Todo[] }>

export type JobResult = Readonly<{
  completedAt: Date
  /** In the order of the plan. */
  results: readonly Readonly<{ todoId: string; output: string; metadata: Readonly<Record<string, string>> }>[]
}>

/** One page, numbered from 1; 20 items each unless told otherwise. */
export type PageQuery = Readonly<{ page?: number; perPage?: number }>

/** Jobs of one owner. What is not there and what belongs to somebody else are the same: undefined. */
export type Jobs = Readonly<{
  createJob: (job: NewJob, options?: CallOptions) => Promise<Job>
  jobs: (query?: PageQuery & Readonly<{ status?: Job['status'] }>, options?: CallOptions) => Promise<JobList>
  job: (jobId: string, options?: CallOptions) => Promise<Job | undefined>
  todos: (jobId: string, query?: PageQuery, options?: CallOptions) => Promise<TodoList | undefined>
  /** What came of a job; undefined as long as it is not completed, too. */
  result: (jobId: string, options?: CallOptions) => Promise<JobResult | undefined>
  /** Ends a job. `ended` where it had ended otherwise; cancelling twice is no mistake. */
  cancel: (jobId: string, options?: CallOptions) => Promise<Readonly<{ kind: 'cancelled' | 'ended' | 'unknown' }>>
}>

export function jobsOf(calls: CoordinatorClient): Jobs {
  return {
    async createJob({ spec, repository, metadata }, options) {
      const body = { swarm_spec: spec, repository, ...(metadata !== undefined && { metadata }) }
      const created = await calls.createJob({ body }, options)
      return jobOf(created.body.data)
    },
    async jobs({ page = 1, perPage = 20, status } = {}, options) {
      const query = { page, per_page: perPage, ...(status !== undefined && { status }) }
      const { body } = await calls.listJobs({ query }, options)
      return { jobs: body.data.map(jobOf), ...pageOf(body.pagination) }
    },
    async job(jobId, options) {
      const found = await ifFound(calls.getJob({ params: { job_id: jobId } }, options))
      return found && jobOf(found.body.data)
    },
    async todos(jobId, { page = 1, perPage = 20 } = {}, options) {
      const query = { page, per_page: perPage }
      const found = await ifFound(calls.listTodos({ params: { job_id: jobId }, query }, options))
      return found && { todos: found.body.data.map(todoOf), ...pageOf(found.body.pagination) }
    },
    async result(jobId, options) {
      const found = await ifFound(calls.getJobResult({ params: { job_id: jobId } }, options))
      if (!found) return undefined
      const { completed_at, results } = found.body.data
      return {
        completedAt: new Date(completed_at),
        results: results.map(({ todo_id, output, metadata }) => ({
          todoId: todo_id,
          output,
          metadata: { ...metadata },
        })),
      }
    },
    async cancel(jobId, options) {
      try {
        await calls.setJobStatus({ params: { job_id: jobId }, body: { status: 'cancelled' } }, options)
        return { kind: 'cancelled' }
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal?.kind === 'not-found') return { kind: 'unknown' }
        if (refusal?.code === 'job_ended') return { kind: 'ended' }
        throw error
      }
    },
  }
}

function jobOf(body: z.output<typeof JobShape>): Job {
  const { job_id, swarm_spec, status, progress, error, metadata, created_at, updated_at } = body
  return {
    jobId: job_id,
    name: swarm_spec.name,
    status,
    progress,
    error,
    metadata: { ...metadata },
    createdAt: new Date(created_at),
    updatedAt: new Date(updated_at),
  }
}

function todoOf({ todo_id, kind, title, status, attempts, pull_request_url }: z.output<typeof TodoShape>): Todo {
  return { todoId: todo_id, kind, title, status, attempts, pullRequestUrl: pull_request_url }
}

function pageOf({ page, total_pages, total_items }: { page: number; total_pages: number; total_items: number }): Page {
  return { page, totalPages: total_pages, totalItems: total_items }
}
