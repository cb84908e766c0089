/** Who is signed in, and by which of their sessions. */
export type Session = Readonly<{
  /** What the caller brings: a random text that says nothing. */
  token: string
  account: Readonly<{ id: string; email: string }>
  /** Aborted when the session is over before its time. */
  ended: AbortSignal
}>

export type Sessions = Readonly<{
  begin: (account: Session['account']) => Session
  /** The session of a token; undefined where the token is none, or its session is over. */
  find: (token: string) => Session | undefined
  end: (session: Session) => void
  /** Ends all sessions, or those of an account. */
  endAll: (accountId?: string) => void
}>

export const sessionLifetimeSeconds = 24 * 60 * 60

type Record = Readonly<{ session: Session; controller: AbortController; expiresAt: number }>

export function makeSessions(now: () => number = Date.now): Sessions {
  const records = new Map<string, Record>()
  function end({ token }: Session): void {
    records.get(token)?.controller.abort()
    records.delete(token)
  }
  return {
    end,
    begin({ id, email }) {
      const controller = new AbortController()
      const session = { token: crypto.randomUUID(), account: { id, email }, ended: controller.signal }
      records.set(session.token, { session, controller, expiresAt: now() + sessionLifetimeSeconds * 1000 })
      return session
    },
    find(token) {
      const record = records.get(token)
      return record && record.expiresAt > now() ? record.session : undefined
    },
    endAll(accountId) {
      for (const { session } of records.values()) {
        if (accountId === undefined || session.account.id === accountId) end(session)
      }
    },
  }
}
