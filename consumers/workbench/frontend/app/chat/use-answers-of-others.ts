import { useRef } from 'react'
import { useLiveEvents } from '../live/live-context.tsx'
import { isComing } from './chat-state.ts'
import type { Chat } from './use-chat.ts'

/**
 * Shows answers that other pages ask for, as they come. `reload` loads the messages, so that the question is there too.
 */
export function useAnswersOfOthers(conversation: string, chat: Chat, reload: () => Promise<void>): void {
  // What is pushed of an answer that this page asked for comes late at times, when the answer is over here.
  const isOwn = useRef(false)
  if (isComing(chat.state)) isOwn.current = true
  useLiveEvents(conversation, (event) => {
    switch (event.kind) {
      case 'presence':
        return
      case 'text':
        if (isOwn.current) return
        isOwn.current = true
        return void reload().then(chat.follow)
      case 'done':
      case 'failed':
        isOwn.current = false
    }
  })
}
