import { useEffect, useRef } from 'react'
import type { Conversation } from '../../conversations.ts'
import { useApi } from '../api-context.ts'
import { useLoaded, type Loaded } from '../pieces/use-loaded.ts'
import type { Chat } from './use-chat.ts'

export type Opened = Readonly<{
  conversation: Loaded<Conversation>
  /** Loads the messages once more; what goes wrong then leaves those that are shown. */
  reload: () => Promise<void>
}>

/** Opens a conversation with its messages. A question that has no answer yet is followed. */
export function useMessages(id: string, chat: Chat): Opened {
  const { conversations } = useApi()
  const newest = useRef(chat)
  newest.current = chat
  const opened = useLoaded(`conversation ${id}`, async (signal) => {
    const [conversation, messages] = await Promise.all([
      conversations.open(id, { signal }),
      conversations.messages(id, { signal }),
    ])
    return { conversation, messages }
  })
  const messages = opened.kind === 'loaded' ? opened.value.messages : undefined
  useEffect(() => {
    if (!messages) return
    newest.current.tell({ kind: 'loaded', messages })
    if (messages.at(-1)?.role === 'user') void newest.current.listen()
  }, [messages])
  return {
    conversation: opened.kind === 'loaded' ? { kind: 'loaded', value: opened.value.conversation } : opened,
    async reload() {
      const again = await conversations.messages(id).catch(() => undefined)
      if (again) newest.current.tell({ kind: 'loaded', messages: again })
    },
  }
}
