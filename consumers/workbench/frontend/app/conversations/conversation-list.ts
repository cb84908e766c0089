import type { Conversation, ConversationList as Page } from '../../conversations.ts'

/** The conversations that are shown: the pages that were asked for so far, newest first. */
export type ConversationList = Readonly<{
  conversations: readonly Conversation[]
  totalItems: number
  /** The last page that was asked for. */
  page: number
  hasMore: boolean
}>

export const emptyList: ConversationList = { conversations: [], totalItems: 0, page: 0, hasMore: false }

/** With a further page. What moved to it meanwhile is shown once. */
export function withPage(
  list: ConversationList,
  { conversations, page, totalPages, totalItems }: Page,
): ConversationList {
  const known = page === 1 ? [] : list.conversations
  const ids = new Set(known.map(({ id }) => id))
  return {
    conversations: [...known, ...conversations.filter(({ id }) => !ids.has(id))],
    totalItems,
    page,
    hasMore: page < totalPages,
  }
}

export function withAdded(list: ConversationList, conversation: Conversation): ConversationList {
  return { ...list, conversations: [conversation, ...list.conversations], totalItems: list.totalItems + 1 }
}

/** With a conversation that changed, where it is shown: a newer one comes first. */
export function withChanged(list: ConversationList, changed: Conversation): ConversationList {
  const others = list.conversations.filter(({ id }) => id !== changed.id)
  if (others.length === list.conversations.length) return list
  return { ...list, conversations: [changed, ...others] }
}

export function without(list: ConversationList, id: string): ConversationList {
  const conversations = list.conversations.filter((conversation) => conversation.id !== id)
  const removed = list.conversations.length - conversations.length
  return { ...list, conversations, totalItems: list.totalItems - removed }
}
