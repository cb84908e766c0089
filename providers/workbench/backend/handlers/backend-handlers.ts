import type { OperationsOf } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import type { backend } from '#contracts/workbench/backend.ts'
import type { Session } from '../sessions/sessions.ts'

export type BackendHandlers = Handlers<OperationsOf<typeof backend>, Session>

/** For what is not there, and for what belongs to somebody else: the two look the same. */
export function notFound(what: 'conversation' | 'file'): Refusal {
  return new Refusal(404, 'not_found', { message: `There is no such ${what}.` })
}
