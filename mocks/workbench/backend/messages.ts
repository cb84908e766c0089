import type { z } from 'zod'
import type { Message as MessageShape } from '#contracts/workbench/shapes.ts'
import type { Clock } from './clock.ts'
import type { Conversations } from './conversations.ts'
import type { Metrics } from './metrics.ts'

type Message = z.infer<typeof MessageShape>
type NewMessage = Pick<Message, 'conversation_id' | 'role' | 'content'> & Readonly<{ id?: string }>

/** The messages of conversations. Whose a conversation is has to be asked before. */
export type Messages = Readonly<{
  /** Adds a message, and makes its conversation one that changed now. Throws where there is no such conversation. */
  add: (message: NewMessage) => Message
  /** All messages of a conversation, oldest first. */
  of: (conversationId: string) => Message[]
  /** Makes these a conversation's only messages, oldest first, and leaves the conversation as it is. */
  replaceAllOf: (conversationId: string, messages: readonly Omit<NewMessage, 'conversation_id'>[]) => void
}>

type Parts = Readonly<{ now: Clock; conversations: Conversations; metrics: Metrics }>

export function makeMessages({ now, conversations, metrics: { query } }: Parts): Messages {
  const all = new Map<string, Message[]>()
  const messageOf = ({ id = crypto.randomUUID(), conversation_id, role, content }: NewMessage): Message => {
    return { id, conversation_id, role, content, created_at: now() }
  }
  return {
    add(given) {
      const { conversation_id } = given
      conversations.touch(conversation_id)
      return query('messages.add', () => {
        const message = messageOf(given)
        all.set(conversation_id, [...(all.get(conversation_id) ?? []), message])
        return message
      })
    },
    of: (conversationId) => query('messages.of', () => all.get(conversationId) ?? []),
    replaceAllOf(conversation_id, messages) {
      if (messages.length > 0 && !conversations.exists(conversation_id))
        throw new Error(`conversation ${conversation_id} cannot have messages: there is none. Set it up first.`)
      all.set(
        conversation_id,
        messages.map((message) => messageOf({ ...message, conversation_id })),
      )
    },
  }
}
