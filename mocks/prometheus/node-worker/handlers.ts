import { reply } from '#harness/contract/reply.ts'
import { expectRole } from '../shared/callers.ts'
import { nodeHandlers, type WorkerHandlers } from '../shared/node/handlers.ts'
import type { WorkerMemory } from './memory.ts'

export function workerHandlers(memory: WorkerMemory): WorkerHandlers {
  return {
    ...nodeHandlers(memory),
    reportPullRequest({ params: { task_id }, body: { pull_request_url }, principal }) {
      expectRole(principal, 'container')
      memory.tasks.report(task_id, { kind: 'product', product: pull_request_url })
      return reply(204)
    },
  }
}
