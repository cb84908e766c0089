import type { BackendClient } from './backend-client.ts'
import { refusalOf } from './refusal.ts'

export type User = Readonly<{ id: string; email: string }>

/** Who uses the page. */
export type Auth = Readonly<{
  /** Begins a session. Refused as `unauthorized` for a wrong address or password, as `too-many-attempts` for a while. */
  signIn: (email: string, password: string) => Promise<User>
  signOut: () => Promise<void>
  /** Whose session it is; null where there is none, or none any more. */
  whoAmI: () => Promise<User | null>
}>

export function authOf(calls: BackendClient): Auth {
  return {
    async signIn(email, password) {
      const { body } = await calls.signIn({ body: { email, password } })
      return userOf(body.user)
    },
    async signOut() {
      await calls.signOut()
    },
    async whoAmI() {
      try {
        const { body } = await calls.whoAmI()
        return userOf(body)
      } catch (error) {
        if (refusalOf(error)?.kind === 'unauthorized') return null
        throw error
      }
    },
  }
}

function userOf({ id, email }: User): User {
  return { id, email }
}
