import { useEffect, useMemo, useState, type ReactNode } from 'react'
import type { User } from '../../auth.ts'
import { useApi } from '../api-context.ts'
import type { Failure } from '../failures/failure.ts'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { Spinner } from '../pieces/spinner.tsx'
import { SessionContext, type Session } from './session-context.ts'
import { SignInPage } from './sign-in-page.tsx'
import { useSessionState, type SessionStore } from './use-session-state.ts'

/** Lets in who is signed in, and asks everybody else to sign in, at whatever path: so they come where they wanted to. */
export function SessionGate({ children }: Readonly<{ children: ReactNode }>): ReactNode {
  const store = useSessionState()
  const { state } = store
  switch (state.kind) {
    case 'checking':
      return (
        <main className="alone">
          <Spinner label="One moment…" />
        </main>
      )
    case 'unknown':
      return <Unknown failure={state.failure} check={store.check} />
    case 'signed-out':
      return <SignInPage hasExpired={state.why === 'expired'} onSignedIn={store.begin} />
    case 'signed-in':
      return (
        <SignedIn user={state.user} store={store}>
          {children}
        </SignedIn>
      )
    default:
      return state satisfies never
  }
}

function Unknown({ failure, check }: Readonly<{ failure: Failure; check: () => void }>): ReactNode {
  useEffect(() => {
    addEventListener('online', check)
    return () => removeEventListener('online', check)
  }, [])
  return (
    <main className="alone">
      <h1>Workbench</h1>
      <FailureNotice what="Your session cannot be looked up." failure={failure} onRetry={check} />
    </main>
  )
}

type SignedInProps = Readonly<{ user: User; store: SessionStore; children: ReactNode }>

function SignedIn({ user, store, children }: SignedInProps): ReactNode {
  const api = useApi()
  const [isEnding, setEnding] = useState(false)
  const session = useMemo<Session>(
    () => ({
      user,
      isEnding,
      async signOut() {
        setEnding(true)
        await api.signOut().finally(() => setEnding(false))
        store.end('left')
      },
      expire: () => store.end('expired'),
    }),
    // The store's functions do the same each time.
    [user, api, isEnding],
  )
  return <SessionContext value={session}>{children}</SessionContext>
}
