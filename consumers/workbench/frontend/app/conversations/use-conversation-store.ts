import { useEffect, useState } from 'react'
import { useApi } from '../api-context.ts'
import { useLoaded } from '../pieces/use-loaded.ts'
import { useTask } from '../pieces/use-task.ts'
import { emptyList, withAdded, withChanged, without, withPage } from './conversation-list.ts'
import type { ConversationStore } from './conversations-context.ts'

/** Loads the conversations, a page at a time, and keeps them while they change. */
export function useConversationStore(): ConversationStore {
  const { conversations } = useApi()
  const [list, setList] = useState(emptyList)
  const first = useLoaded('conversations', (signal) => conversations.list({}, { signal }))
  const page = first.kind === 'loaded' ? first.value : undefined
  useEffect(() => {
    if (page) setList((known) => withPage(known, page))
  }, [page])
  const more = useTask()
  return {
    // Between the answer and the list that it makes there is a moment.
    state: first.kind !== 'loaded' ? first : list.page === 0 ? { kind: 'loading' } : { kind: 'loaded', value: list },
    more,
    loadMore() {
      void more.run(async () => {
        const next = await conversations.list({ page: list.page + 1 })
        setList((known) => withPage(known, next))
      })
    },
    async create(title, model) {
      const created = await conversations.create({ title, model })
      setList((known) => withAdded(known, created))
      return created
    },
    async rename(id, title) {
      const renamed = await conversations.rename(id, title)
      setList((known) => withChanged(known, renamed))
      return renamed
    },
    async remove(id) {
      await conversations.remove(id)
      setList((known) => without(known, id))
    },
    touch: (conversation) => setList((known) => withChanged(known, { ...conversation, updatedAt: new Date() })),
  }
}
