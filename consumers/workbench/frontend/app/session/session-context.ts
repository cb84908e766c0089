import { createContext, useContext } from 'react'
import type { User } from '../../auth.ts'

/** Who uses the page, for all that is shown to somebody who is signed in. */
export type Session = Readonly<{
  user: User
  /** Ends the session, here and everywhere. */
  signOut: () => Promise<void>
  /** Whether it is being ended: what needs it has to let go. */
  isEnding: boolean
  /** The backend does not know the session any more. */
  expire: () => void
}>

export const SessionContext = createContext<Session | undefined>(undefined)

/** @throws TypeError where nobody is signed in */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new TypeError('useSession is called where nobody is signed in. Use it below a SessionGate.')
  return session
}

/** What to call when the backend says that there is no session; does nothing where none was known. */
export function useExpiry(): () => void {
  const session = useContext(SessionContext)
  return session?.expire ?? (() => undefined)
}
