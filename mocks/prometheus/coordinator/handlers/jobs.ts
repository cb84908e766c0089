import { reply } from '#harness/contract/reply.ts'
import { pageOf } from '../../shared/page.ts'
import type { CoordinatorMemory } from '../memory.ts'
import { nameOf } from '../principal.ts'
import { createJob, jobResult, jobsOf, ownJob, setJobStatus, viewJob } from '../rules/jobs.ts'
import { todosOf } from '../rules/todos.ts'
import { current, type CoordinatorHandlers } from './coordinator-handlers.ts'

type Names = 'createJob' | 'listJobs' | 'getJob' | 'setJobStatus' | 'listTodos' | 'getJobResult'

/** An owner's own jobs. */
export function jobHandlers(memory: CoordinatorMemory): Pick<CoordinatorHandlers, Names> {
  return {
    createJob({ body, principal }) {
      const owner = nameOf(principal, 'owner')
      const board = current(memory)
      return reply(201, { data: viewJob(board, createJob(board, owner, body)) })
    },
    listJobs({ query: { status, ...at }, principal }) {
      const owner = nameOf(principal, 'owner')
      const board = current(memory)
      const jobs = jobsOf(board, owner).filter((job) => status === undefined || job.status === status)
      const { data, pagination } = pageOf(jobs, at)
      return reply(200, { data: data.map((job) => viewJob(board, job)), pagination })
    },
    getJob({ params: { job_id }, principal }) {
      const owner = nameOf(principal, 'owner')
      const board = current(memory)
      return reply(200, { data: viewJob(board, ownJob(board, owner, job_id)) })
    },
    setJobStatus({ params: { job_id }, body, principal }) {
      const owner = nameOf(principal, 'owner')
      const board = current(memory)
      return reply(200, { data: viewJob(board, setJobStatus(board, ownJob(board, owner, job_id), body)) })
    },
    listTodos({ params: { job_id }, query, principal }) {
      const owner = nameOf(principal, 'owner')
      const board = current(memory)
      return reply(200, pageOf(todosOf(board, ownJob(board, owner, job_id).job_id), query))
    },
    getJobResult({ params: { job_id }, principal }) {
      const owner = nameOf(principal, 'owner')
      const board = current(memory)
      return reply(200, { data: jobResult(board, ownJob(board, owner, job_id)) })
    },
  }
}
