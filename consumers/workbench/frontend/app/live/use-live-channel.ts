import { useEffect, useState } from 'react'
import type { Api } from '../../api.ts'
import { useApi } from '../api-context.ts'
import { useOnline } from '../pieces/use-online.ts'
import { useSession } from '../session/session-context.ts'
import type { LiveHub } from './live-hub.ts'

export type LiveState = 'connecting' | 'open' | 'down'

const firstPauseMs = 500
const longestPauseMs = 15_000

/** Opens the live channel, and again when it breaks, each time after a longer pause. A session that is over ends. */
export function useLiveChannel(hub: LiveHub): LiveState {
  const api = useApi()
  const { expire, isEnding } = useSession()
  const isOnline = useOnline()
  const isWanted = isOnline && !isEnding
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    if (!isWanted) return undefined
    const stop = new AbortController()
    void keepOpen(api, hub, { signal: stop.signal, onState: setState, onNoSession: expire })
    return () => stop.abort()
  }, [api, hub, isWanted])
  return isWanted ? state : 'down'
}

type Options = Readonly<{ signal: AbortSignal; onState: (state: LiveState) => void; onNoSession: () => void }>

async function keepOpen(api: Api, hub: LiveHub, { signal, onState, onNoSession }: Options): Promise<void> {
  let pauseMs = firstPauseMs
  while (!signal.aborted) {
    try {
      onState('connecting')
      const channel = await api.openLiveChannel({ signal })
      onState('open')
      pauseMs = firstPauseMs
      await hub.read(channel)
    } catch {
      // Why a channel is refused or closed no browser tells; the backend does, when it is asked.
      if (signal.aborted) return
      if (await hasNoSession(api, signal)) return onNoSession()
    }
    if (signal.aborted) return
    onState('down')
    await pause(pauseMs, signal)
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }
}

async function hasNoSession(api: Api, signal: AbortSignal): Promise<boolean> {
  try {
    return (await api.whoAmI({ signal })) === null
  } catch {
    return false
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
