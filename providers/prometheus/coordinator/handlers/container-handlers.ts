import { reply } from '#harness/contract/reply.ts'
import { expectRole } from '../auth/principal.ts'
import type { Parts } from '../parts.ts'
import type { CoordinatorHandlers } from './coordinator-handlers.ts'

/** What containers hand in. */
export function containerHandlers({
  logLines,
  results,
}: Parts): Pick<CoordinatorHandlers, 'putTodoResult' | 'addLogs'> {
  return {
    async putTodoResult({ params: { todo_id }, body: { claim_id, output, metadata = {} }, principal }) {
      expectRole(principal, 'container')
      const { created, result } = await results.put({ todoId: todo_id, claimId: claim_id, output, metadata })
      return created ? reply(201, { data: result }) : reply(200, { data: result })
    },
    async addLogs({ body: { entries }, principal }) {
      expectRole(principal, 'container')
      await logLines.add(entries)
      return reply(202, { data: { accepted: entries.length } })
    },
  }
}
