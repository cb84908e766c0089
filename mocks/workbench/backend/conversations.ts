import type { z } from 'zod'
import type { Conversation as ConversationShape, NewConversation } from '#contracts/workbench/shapes.ts'
import type { Clock } from './clock.ts'
import type { Metrics } from './metrics.ts'

export type Conversation = z.infer<typeof ConversationShape>

type Page = Readonly<{ page: number; per_page: number }>
type Slice = Readonly<{ total: number; conversations: Conversation[] }>

/** The conversations of accounts. What belongs to another account is not there. */
export type Conversations = Readonly<{
  /** Adds a conversation. One of the same id gets this owner, title and model, and stays as old as it is. */
  add: (ownerId: string, conversation: z.infer<typeof NewConversation> & Readonly<{ id?: string }>) => Conversation
  find: (ownerId: string, id: string) => Conversation | undefined
  rename: (ownerId: string, id: string, title: string) => Conversation | undefined
  /** Whether there was something to remove. */
  remove: (ownerId: string, id: string) => boolean
  removeAllOf: (ownerId: string) => void
  /** Part of the account's conversations, newest first, and how many there are in all. Pages are numbered from 1. */
  page: (ownerId: string, at: Page) => Slice
  /** Makes a conversation one that changed now. Throws where there is none. */
  touch: (id: string) => void
  exists: (id: string) => boolean
}>

type Owned = Readonly<{ ownerId: string; conversation: Conversation }>

export function makeConversations(now: Clock, { query, cacheHits }: Metrics): Conversations {
  const all = new Map<string, Owned>()
  const pages = new Map<string, Map<string, Slice>>()

  function put(ownerId: string, conversation: Conversation): Conversation {
    all.set(conversation.id, { ownerId, conversation })
    pages.delete(ownerId)
    return conversation
  }
  function own(ownerId: string, id: string): Conversation | undefined {
    const found = all.get(id)
    return found?.ownerId === ownerId ? found.conversation : undefined
  }
  function drop(id: string): boolean {
    pages.delete(all.get(id)?.ownerId ?? '')
    return all.delete(id)
  }
  const listOf = (ownerId: string): Conversation[] =>
    [...all.values()].filter((owned) => owned.ownerId === ownerId).map(({ conversation }) => conversation)
  return {
    add: (ownerId, { id = crypto.randomUUID(), title, model }) =>
      query('conversations.add', () => {
        const known = all.get(id)
        if (known) pages.delete(known.ownerId)
        const created_at = known?.conversation.created_at ?? now()
        return put(ownerId, { id, title, model, created_at, updated_at: known?.conversation.updated_at ?? created_at })
      }),
    find: (ownerId, id) => query('conversations.find', () => own(ownerId, id)),
    rename: (ownerId, id, title) =>
      query('conversations.rename', () => {
        const known = own(ownerId, id)
        return known && put(ownerId, { ...known, title, updated_at: now() })
      }),
    remove: (ownerId, id) => query('conversations.remove', () => own(ownerId, id) !== undefined && drop(id)),
    removeAllOf: (ownerId) => listOf(ownerId).forEach(({ id }) => drop(id)),
    page(ownerId, at) {
      const kept = pages.get(ownerId) ?? new Map<string, Slice>()
      pages.set(ownerId, kept)
      const key = `${at.page}:${at.per_page}`
      const slice = kept.get(key) ?? query('conversations.page', () => sliceOf(listOf(ownerId).toReversed(), at))
      cacheHits.increase({ cache: 'conversation_list', result: kept.has(key) ? 'hit' : 'miss' })
      kept.set(key, slice)
      return slice
    },
    touch: (id) =>
      query('conversations.touch', () => {
        const owned = all.get(id)
        if (!owned) throw new Error(`conversation ${id} cannot change: there is none. Was it deleted?`)
        put(owned.ownerId, { ...owned.conversation, updated_at: now() })
      }),
    exists: (id) => all.has(id),
  }
}

function sliceOf(newestFirst: readonly Conversation[], { page, per_page }: Page): Slice {
  return {
    total: newestFirst.length,
    conversations: newestFirst.slice((page - 1) * per_page, page * per_page),
  }
}
