import { reply } from '#harness/contract/reply.ts'
import type { CoordinatorMemory } from '../memory.ts'
import { nameOf } from '../principal.ts'
import { putTodoResult } from '../rules/results.ts'
import { current, type CoordinatorHandlers } from './coordinator-handlers.ts'

/** What containers bring. */
export function containerHandlers(memory: CoordinatorMemory): Pick<CoordinatorHandlers, 'putTodoResult' | 'addLogs'> {
  return {
    putTodoResult({ params: { todo_id }, body, principal }) {
      nameOf(principal, 'container')
      const { isNew, result } = putTodoResult(current(memory), todo_id, body)
      return isNew ? reply(201, { data: result }) : reply(200, { data: result })
    },
    addLogs({ body: { entries }, principal }) {
      nameOf(principal, 'container')
      memory.board.logs.push(...entries)
      return reply(202, { data: { accepted: entries.length } })
    },
  }
}
