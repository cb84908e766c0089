import { useEffect, useState } from 'react'
import type { User } from '../../auth.ts'
import { useApi } from '../api-context.ts'
import { failureOf, type Failure } from '../failures/failure.ts'
import { sessionHint } from './session-hint.ts'

/** What is known of who uses the page. */
export type SessionState =
  | Readonly<{ kind: 'checking' }>
  | Readonly<{ kind: 'unknown'; failure: Failure }>
  | Readonly<{ kind: 'signed-out'; why: 'never' | 'left' | 'expired' }>
  | Readonly<{ kind: 'signed-in'; user: User }>

export type SessionStore = Readonly<{
  state: SessionState
  begin: (user: User) => void
  end: (why: 'left' | 'expired') => void
  /** Asks again where nobody knows. */
  check: () => void
}>

/** Asks the backend whose session it is, once, and keeps what is known since. */
export function useSessionState(): SessionStore {
  const api = useApi()
  const [state, setState] = useState<SessionState>(() =>
    sessionHint.isThere() ? { kind: 'checking' } : { kind: 'signed-out', why: 'never' },
  )
  const isChecking = state.kind === 'checking'
  useEffect(() => {
    if (!isChecking) return undefined
    const stop = new AbortController()
    api.whoAmI({ signal: stop.signal }).then(
      (user) => {
        if (stop.signal.aborted) return
        if (user) return setState({ kind: 'signed-in', user })
        sessionHint.remove()
        setState({ kind: 'signed-out', why: 'expired' })
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setState({ kind: 'unknown', failure: failureOf(error) })
      },
    )
    return () => stop.abort()
  }, [api, isChecking])
  return {
    state,
    begin(user) {
      sessionHint.leave()
      setState({ kind: 'signed-in', user })
    },
    end(why) {
      sessionHint.remove()
      setState({ kind: 'signed-out', why })
    },
    check: () => setState({ kind: 'checking' }),
  }
}
