import type { z } from 'zod'
import type { Message as MessageShape } from '#contracts/workbench/shapes.ts'
import type { Clock } from './clock.ts'
import type { Conversations } from './conversations.ts'
import type { Metrics } from './metrics.ts'

export type Message = z.infer<typeof MessageShape>
export type NewMessage = Pick<Message, 'conversation_id' | 'role' | 'content'> & Readonly<{ id?: string }>

/** The messages of conversations. Whose a conversation is has to be asked before. */
export type Messages = Readonly<{
  /** Adds a message, and makes its conversation one that changed now. Throws where there is no such conversation. */
  add: (message: NewMessage) => Message
  /** All messages of a conversation, oldest first. */
  of: (conversationId: string) => Message[]
  removeAllOf: (conversationId: string) => void
}>

type Parts = Readonly<{ now: Clock; conversations: Conversations; metrics: Metrics }>

export function makeMessages({ now, conversations, metrics: { query } }: Parts): Messages {
  const all = new Map<string, Message[]>()
  return {
    add({ id = crypto.randomUUID(), conversation_id, role, content }) {
      conversations.touch(conversation_id)
      return query('messages.add', () => {
        const message = { id, conversation_id, role, content, created_at: now() }
        all.set(conversation_id, [...(all.get(conversation_id) ?? []), message])
        return message
      })
    },
    of: (conversationId) => query('messages.of', () => all.get(conversationId) ?? []),
    removeAllOf: (conversationId) => void all.delete(conversationId),
  }
}
