import { useEffect, useReducer, useRef } from 'react'
import { useApi } from '../api-context.ts'
import { useExpiry } from '../session/session-context.ts'
import { chatAfter, emptyChat, type ChatEvent, type ChatState } from './chat-state.ts'
import { chatRun, type ChatRun } from './chat-run.ts'

/** A conversation, and what can be done in it. */
export type Chat = Readonly<{
  state: ChatState
  tell: (event: ChatEvent) => void
  /** Sends a message and shows the answer; takes it up again where the connection breaks. */
  ask: (text: string) => Promise<void>
  /** Shows an answer that was asked for elsewhere, or goes on with one that was stopped. */
  follow: () => Promise<void>
  /** Shows an answer where there is one; says nothing where there is none. */
  listen: () => Promise<void>
  /** Ends the answer that is on its way. */
  stop: () => void
}>

/** Keeps a conversation as long as it is shown. One answer at a time: another one takes its place. */
export function useChat(conversation: string): Chat {
  const api = useApi()
  const [state, tell] = useReducer(chatAfter, emptyChat)
  const endSession = useExpiry()
  const running = useRef<AbortController>(undefined)
  useEffect(
    () => () => {
      running.current?.abort()
      running.current = undefined
    },
    [conversation],
  )
  function begin(event: ChatEvent): ChatRun {
    running.current?.abort()
    const own = new AbortController()
    running.current = own
    tell(event)
    return chatRun({
      api,
      conversation,
      signal: own.signal,
      endSession,
      tell,
      isCurrent: () => running.current === own,
    })
  }
  return {
    state,
    tell,
    ask: (text) => begin({ kind: 'asked', id: crypto.randomUUID(), text }).ask(text),
    follow: () => begin({ kind: 'following' }).follow(),
    listen: () => begin({ kind: 'listening' }).listen(),
    stop: () => running.current?.abort(),
  }
}
