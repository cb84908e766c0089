import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import type { Memory } from '../memory.ts'
import { noSessionCookie, sessionCookie } from '../session-cookie.ts'
import type { BackendHandlers } from './backend-handlers.ts'

/** Signing in and out. */
export function authHandlers(memory: Memory): Pick<BackendHandlers, 'signIn' | 'signOut' | 'whoAmI'> {
  const { accounts, sessions, signInLimit } = memory
  return {
    signIn({ body: { email, password } }) {
      const wait = signInLimit.attempt(email)
      if (wait !== undefined) throw tooManyAttempts(wait)
      const account = accounts.byEmail(email)
      if (account?.password !== password) {
        throw new Refusal(401, 'unauthorized', { message: 'E-mail address or password is wrong.' })
      }
      signInLimit.forget(email)
      const session = sessions.begin(account)
      const headers = { 'set-cookie': sessionCookie(session.token), 'cache-control': 'no-store' }
      return reply(200, { user: session.account }, headers)
    },
    signOut({ principal }) {
      sessions.end(principal)
      return reply(204, undefined, { 'set-cookie': noSessionCookie() })
    },
    whoAmI: ({ principal }) => reply(200, principal.account),
  }
}

function tooManyAttempts(seconds: number): Refusal {
  return new Refusal(429, 'too_many_attempts', {
    message: `Too many attempts to sign in. Try again in ${seconds} seconds.`,
    headers: { 'retry-after': String(seconds) },
  })
}
