import { reply } from '#harness/contract/reply.ts'
import type { Memory } from '../memory.ts'
import { notFound, ownConversation, type BackendHandlers } from './backend-handlers.ts'

type Names =
  | 'createConversation'
  | 'listConversations'
  | 'getConversation'
  | 'renameConversation'
  | 'deleteConversation'
  | 'listMessages'

/** A user's own conversations. */
export function conversationHandlers(memory: Memory): Pick<BackendHandlers, Names> {
  const { conversations, messages } = memory
  return {
    createConversation: ({ body, principal: { account } }) => reply(201, conversations.add(account.id, body)),
    listConversations({ query, principal: { account } }) {
      const { total, conversations: data } = conversations.page(account.id, query)
      const total_pages = Math.ceil(total / query.per_page)
      return reply(200, { data, pagination: { ...query, total_items: total, total_pages } })
    },
    getConversation: ({ params, principal }) => reply(200, ownConversation(memory, principal, params.id)),
    renameConversation({ params, body, principal: { account } }) {
      const conversation = conversations.rename(account.id, params.id, body.title)
      if (!conversation) throw notFound('conversation')
      return reply(200, conversation)
    },
    deleteConversation({ params, principal: { account } }) {
      if (!conversations.remove(account.id, params.id)) throw notFound('conversation')
      messages.replaceAllOf(params.id, [])
      return reply(204)
    },
    listMessages: ({ params, principal }) =>
      reply(200, { data: messages.of(ownConversation(memory, principal, params.id).id) }),
  }
}
