import type { BackendStates, SetUp } from './set-up.ts'

type Names = 'conversationExists' | 'conversationsExist' | 'messagesExist'

/** The states of conversations and their messages. */
export function conversationStates({ account, conversationList, rows }: SetUp): Pick<BackendStates, Names> {
  return {
    async conversationExists({ owner, id, title, model = 'gpt-4' }) {
      const { id: ownerId } = await account(owner)
      await rows.putConversation({ id, ownerId, title, model })
      await conversationList.invalidate(ownerId)
      return undefined
    },
    async conversationsExist({ owner, titles }) {
      const { id: ownerId } = await account(owner)
      await rows.replaceConversations(ownerId, titles)
      await conversationList.invalidate(ownerId)
      return undefined
    },
    async messagesExist({ conversation, messages }) {
      await rows.replaceMessages(conversation, messages)
      return undefined
    },
  }
}
