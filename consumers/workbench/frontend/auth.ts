import type { CallOptions } from '#harness/client/options.ts'
import type { BackendClient } from './backend-client.ts'
import { refusalOf } from './refusal.ts'

export type User = Readonly<{ id: string; email: string }>

/** Who uses the page. */
export type Auth = Readonly<{
  /** Begins a session. Refused as `unauthorized` for a wrong address or password, as `too-many-attempts` for a while. */
  signIn: (email: string, password: string, options?: CallOptions) => Promise<User>
  signOut: (options?: CallOptions) => Promise<void>
  /** Whose session it is; null where there is none, or none any more. */
  whoAmI: (options?: CallOptions) => Promise<User | null>
}>

export function authOf(calls: BackendClient): Auth {
  return {
    async signIn(email, password, options) {
      const { body } = await calls.signIn({ body: { email, password } }, options)
      return userOf(body.user)
    },
    async signOut(options) {
      await calls.signOut({}, options)
    },
    async whoAmI(options) {
      try {
        const { body } = await calls.whoAmI({}, options)
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
