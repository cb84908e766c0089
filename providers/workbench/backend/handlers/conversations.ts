import { reply } from '#harness/contract/reply.ts'
import type { Parts } from '../parts.ts'
import { notFound, type BackendHandlers } from './backend-handlers.ts'

type Names =
  | 'createConversation'
  | 'listConversations'
  | 'getConversation'
  | 'renameConversation'
  | 'deleteConversation'
  | 'listMessages'

/** A user's own conversations. */
export function conversationHandlers(parts: Parts): Pick<BackendHandlers, Names> {
  const { conversations, conversationList, messages } = parts
  return {
    async createConversation({ body, principal: { account } }) {
      const conversation = await conversations.add(account.id, body)
      await conversationList.invalidate(account.id)
      return reply(201, conversation)
    },
    async listConversations({ query, principal: { account } }) {
      const slice = await conversationList.page(account.id, query, () => conversations.page(account.id, query))
      const total_pages = Math.ceil(slice.total / query.per_page)
      return reply(200, { data: slice.conversations, pagination: { ...query, total_items: slice.total, total_pages } })
    },
    async getConversation({ params, principal: { account } }) {
      const conversation = await conversations.find(account.id, params.id)
      if (!conversation) throw notFound('conversation')
      return reply(200, conversation)
    },
    async renameConversation({ params, body, principal: { account } }) {
      const conversation = await conversations.rename(account.id, params.id, body.title)
      if (!conversation) throw notFound('conversation')
      await conversationList.invalidate(account.id)
      return reply(200, conversation)
    },
    async deleteConversation({ params, principal: { account } }) {
      if (!(await conversations.remove(account.id, params.id))) throw notFound('conversation')
      await conversationList.invalidate(account.id)
      return reply(204)
    },
    async listMessages({ params, principal: { account } }) {
      if (!(await conversations.find(account.id, params.id))) throw notFound('conversation')
      return reply(200, { data: [...(await messages.of(params.id))] })
    },
  }
}
