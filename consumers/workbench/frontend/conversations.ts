import type { z } from 'zod'
import type { Conversation as ConversationShape, Message as MessageShape } from '#contracts/workbench/shapes.ts'
import type { CallOptions } from '#harness/client/options.ts'
import type { BackendClient } from './backend-client.ts'

export type Conversation = Readonly<{ id: string; title: string; model: string; updatedAt: Date }>

export type ConversationList = Readonly<{
  /** Newest first. */
  conversations: readonly Conversation[]
  page: number
  totalPages: number
  totalItems: number
}>

export type Message = Readonly<{ id: string; role: 'user' | 'assistant'; content: string; createdAt: Date }>

/** Own conversations. What is not there and what belongs to somebody else is refused alike, as `not-found`. */
export type Conversations = Readonly<{
  create: (conversation: { title: string; model: string }, options?: CallOptions) => Promise<Conversation>
  /** One page, numbered from 1; 20 conversations each unless told otherwise. */
  list: (page?: { page?: number; perPage?: number }, options?: CallOptions) => Promise<ConversationList>
  open: (id: string, options?: CallOptions) => Promise<Conversation>
  rename: (id: string, title: string, options?: CallOptions) => Promise<Conversation>
  remove: (id: string, options?: CallOptions) => Promise<void>
  /** Oldest first. */
  messages: (id: string, options?: CallOptions) => Promise<readonly Message[]>
}>

export function conversationsOf(calls: BackendClient): Conversations {
  return {
    async create({ title, model }, options) {
      const { body } = await calls.createConversation({ body: { title, model } }, options)
      return conversationOf(body)
    },
    async list({ page = 1, perPage = 20 } = {}, options) {
      const { body } = await calls.listConversations({ query: { page, per_page: perPage } }, options)
      const { data, pagination } = body
      return {
        conversations: data.map(conversationOf),
        page: pagination.page,
        totalPages: pagination.total_pages,
        totalItems: pagination.total_items,
      }
    },
    async open(id, options) {
      const { body } = await calls.getConversation({ params: { id } }, options)
      return conversationOf(body)
    },
    async rename(id, title, options) {
      const { body } = await calls.renameConversation({ params: { id }, body: { title } }, options)
      return conversationOf(body)
    },
    async remove(id, options) {
      await calls.deleteConversation({ params: { id } }, options)
    },
    async messages(id, options) {
      const { body } = await calls.listMessages({ params: { id } }, options)
      return body.data.map(messageOf)
    },
  }
}

function conversationOf({ id, title, model, updated_at }: z.output<typeof ConversationShape>): Conversation {
  return { id, title, model, updatedAt: new Date(updated_at) }
}

function messageOf({ id, role, content, created_at }: z.output<typeof MessageShape>): Message {
  return { id, role, content, createdAt: new Date(created_at) }
}
