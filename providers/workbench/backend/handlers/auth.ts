import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import { hashPassword, verifyPassword } from '../sessions/passwords.ts'
import type { Parts } from '../parts.ts'
import type { Account } from '../repositories/accounts.ts'
import { sessionCookie } from '../sessions/session-cookie.ts'
import type { BackendHandlers } from './backend-handlers.ts'

/** Signing in and out. */
export function authHandlers(parts: Parts): Pick<BackendHandlers, 'signIn' | 'signOut' | 'whoAmI'> {
  const { accounts, sessions, signInLimit } = parts
  const cookie = sessionCookie(parts.secureCookies)
  const nobodysHash = hashPassword('nobody has this password')

  async function accountFor(email: string, password: string): Promise<Account> {
    const account = await accounts.byEmail(email)
    // An unknown address takes as long as a wrong password: the time must not tell which addresses have an account.
    const matches = await verifyPassword(password, account?.passwordHash ?? (await nobodysHash))
    if (account && matches) return account
    throw new Refusal(401, 'unauthorized', { message: 'E-mail address or password is wrong.' })
  }
  return {
    async signIn({ body: { email, password } }) {
      const wait = await signInLimit.attempt(email)
      if (wait !== undefined) throw tooManyAttempts(wait)
      const account = await accountFor(email, password)
      await signInLimit.forget(email)
      const token = await sessions.begin({ id: account.id, email: account.email })
      const user = { id: account.id, email: account.email }
      return reply(200, { user }, { 'set-cookie': cookie.set(token), 'cache-control': 'no-store' })
    },
    async signOut({ principal }) {
      await sessions.end(principal)
      return reply(204, undefined, { 'set-cookie': cookie.clear() })
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
