import type { backend } from '#contracts/workbench/backend.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import type { Conversation } from '../conversations.ts'
import type { Memory } from '../memory.ts'
import type { Session } from '../sessions.ts'

export type BackendHandlers = Handlers<OperationsOf<typeof backend>, Session>

/** For what is not there, and for what belongs to somebody else: the two look the same. */
export function notFound(what: 'conversation' | 'file'): Refusal {
  return new Refusal(404, 'not_found', { message: `There is no such ${what}.` })
}

/**
 * The conversation, where it is the session's account's.
 * @throws Refusal 404 where it is not.
 */
export function ownConversation({ conversations }: Memory, { account }: Session, id: string): Conversation {
  const conversation = conversations.find(account.id, id)
  if (!conversation) throw notFound('conversation')
  return conversation
}
