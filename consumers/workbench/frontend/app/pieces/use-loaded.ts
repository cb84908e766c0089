import { useEffect, useState } from 'react'
import { failureOf, isPassing, type Failure } from '../failures/failure.ts'
import { useExpiry } from '../session/session-context.ts'
import { useOnline } from './use-online.ts'

/** Something that is asked of the backend. */
export type Loaded<T> =
  | Readonly<{ kind: 'loading' }>
  | Readonly<{ kind: 'loaded'; value: T }>
  | Readonly<{ kind: 'failed'; failure: Failure; retry: () => void }>

type State<T> =
  | Readonly<{ kind: 'loading' }>
  | Readonly<{ kind: 'loaded'; value: T }>
  | Readonly<{ kind: 'failed'; failure: Failure }>

/**
 * Loads something when the component appears, and again when `key` changes. What failed on the way is tried again when the
 * network is back; a session that is over ends.
 */
export function useLoaded<T>(key: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<State<T>>({ kind: 'loading' })
  const [attempt, setAttempt] = useState(0)
  const endSession = useExpiry()
  const isOnline = useOnline()
  useEffect(() => {
    const stop = new AbortController()
    setState({ kind: 'loading' })
    load(stop.signal).then(
      (value) => {
        if (!stop.signal.aborted) setState({ kind: 'loaded', value })
      },
      (error: unknown) => {
        if (stop.signal.aborted) return
        const failure = failureOf(error)
        if (failure.kind === 'unauthorized') endSession()
        else setState({ kind: 'failed', failure })
      },
    )
    return () => stop.abort()
    // `load` is another function each time; `key` says when it does something else.
  }, [key, attempt])
  const retry = (): void => setAttempt((count) => count + 1)
  const waitsForNetwork = state.kind === 'failed' && isPassing(state.failure)
  useEffect(() => {
    if (isOnline && waitsForNetwork) retry()
    // Once for each time that the network comes back.
  }, [isOnline])
  return state.kind === 'failed' ? { ...state, retry } : state
}
