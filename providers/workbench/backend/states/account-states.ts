import { hashPassword } from '../sessions/passwords.ts'
import type { BackendStates, SetUp } from './set-up.ts'

type Names = 'userExists' | 'signedIn' | 'sessionExpired' | 'signInLimitReached'

/** The states of accounts and their sessions. */
export function accountStates({ account, accounts, sessions, signInLimit }: SetUp): Pick<BackendStates, Names> {
  const hashes = new Map<string, Promise<string>>()

  /** Hashing takes its time on purpose; the same password need not be hashed for each test. */
  function hashOf(password: string): Promise<string> {
    const hash = hashes.get(password) ?? hashPassword(password)
    hashes.set(password, hash)
    return hash
  }
  return {
    async userExists({ email, password }) {
      await accounts.put({ email, passwordHash: await hashOf(password) })
      return undefined
    },
    async signedIn(owner) {
      const { id, email } = await account(owner.email)
      return { token: await sessions.begin({ id, email }) }
    },
    async sessionExpired(owner) {
      const { id, email } = await account(owner.email)
      const token = await sessions.begin({ id, email })
      await sessions.endAll(id)
      return { token }
    },
    async signInLimitReached({ email }) {
      await signInLimit.exhaust(email)
      return undefined
    },
  }
}
