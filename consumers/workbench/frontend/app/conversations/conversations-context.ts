import { createContext, useContext } from 'react'
import type { Conversation } from '../../conversations.ts'
import type { Loaded } from '../pieces/use-loaded.ts'
import type { Task } from '../pieces/use-task.ts'
import type { ConversationList } from './conversation-list.ts'

/** The user's conversations, as the side of the page lists them and its other parts change them. */
export type ConversationStore = Readonly<{
  state: Loaded<ConversationList>
  more: Task
  loadMore: () => void
  /** Each throws what the backend refuses with; the list follows. */
  create: (title: string, model: string) => Promise<Conversation>
  rename: (id: string, title: string) => Promise<Conversation>
  remove: (id: string) => Promise<void>
  /** Something was said in it just now. */
  touch: (conversation: Conversation) => void
}>

export const ConversationsContext = createContext<ConversationStore | undefined>(undefined)

/** @throws TypeError outside a ConversationsContext */
export function useConversations(): ConversationStore {
  const store = useContext(ConversationsContext)
  if (!store) throw new TypeError('useConversations is called outside a ConversationsContext. Put one around the page.')
  return store
}
