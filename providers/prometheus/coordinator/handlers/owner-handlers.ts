import { reply } from '#harness/contract/reply.ts'
import { expectRole } from '../auth/principal.ts'
import { setJobStatus } from '../jobs/set-job-status.ts'
import { pageOf } from '../page.ts'
import type { Parts } from '../parts.ts'
import { notFound } from '../refusals.ts'
import type { CoordinatorHandlers } from './coordinator-handlers.ts'

type Names = 'createJob' | 'listJobs' | 'getJob' | 'setJobStatus' | 'listTodos' | 'getJobResult'

/** What owners ask: of their own jobs only. Leases that are over show in every answer. */
export function ownerHandlers({ database, jobs, leases, todos }: Parts): Pick<CoordinatorHandlers, Names> {
  return {
    async createJob({ body, principal }) {
      const { name } = expectRole(principal, 'owner')
      return reply(201, { data: await jobs.add(name, body) })
    },
    async listJobs({ query, principal }) {
      const { name } = expectRole(principal, 'owner')
      await leases.settle()
      return reply(200, pageOf(await jobs.page(name, query), query))
    },
    async getJob({ params: { job_id }, principal }) {
      const { name } = expectRole(principal, 'owner')
      await leases.settle()
      const job = await jobs.find(name, job_id)
      if (!job) throw notFound('job')
      return reply(200, { data: job })
    },
    async setJobStatus({ params: { job_id }, body: { status, error = null }, principal }) {
      const { name } = expectRole(principal, 'owner')
      await leases.settle()
      return reply(200, { data: await setJobStatus(database, { owner: name, id: job_id }, { status, error }) })
    },
    async listTodos({ params: { job_id }, query, principal }) {
      const { name } = expectRole(principal, 'owner')
      await leases.settle()
      const page = await todos.page(name, job_id, query)
      if (!page) throw notFound('job')
      return reply(200, pageOf(page, query))
    },
    async getJobResult({ params: { job_id }, principal }) {
      const { name } = expectRole(principal, 'owner')
      const result = await jobs.result(name, job_id)
      if (!result) throw notFound('result')
      return reply(200, { data: result })
    },
  }
}
