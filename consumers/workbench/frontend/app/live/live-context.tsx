import { createContext, useContext, useEffect, useRef, type ReactNode } from 'react'
import type { LiveEvent } from '../../live-channel.ts'
import { makeLiveHub, type LiveHub } from './live-hub.ts'
import { useLiveChannel, type LiveState } from './use-live-channel.ts'

type Live = Readonly<{ hub: LiveHub; state: LiveState }>

const LiveContext = createContext<Live | undefined>(undefined)

/** Keeps a live channel open for all that is shown within. */
export function LiveProvider({ children }: Readonly<{ children: ReactNode }>): ReactNode {
  const hub = useRef<LiveHub>(null)
  hub.current ??= makeLiveHub()
  const state = useLiveChannel(hub.current)
  return <LiveContext value={{ hub: hub.current, state }}>{children}</LiveContext>
}

/** @throws TypeError outside a LiveProvider */
export function useLiveState(): LiveState {
  return useLive().state
}

/** Calls the listener with what is pushed of a conversation, as long as the component is shown. */
export function useLiveEvents(conversation: string, listener: (event: LiveEvent) => void): void {
  const { hub } = useLive()
  const newest = useRef(listener)
  newest.current = listener
  useEffect(() => hub.watch(conversation, (event) => newest.current(event)), [hub, conversation])
}

function useLive(): Live {
  const live = useContext(LiveContext)
  if (!live) throw new TypeError('There is no LiveProvider around this. Put one around the page.')
  return live
}
