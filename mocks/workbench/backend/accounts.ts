import type { Metrics } from './metrics.ts'

type Account = Readonly<{ id: string; email: string; password: string }>

/** Accounts by address; upper and lower case are the same. */
export type Accounts = Readonly<{
  byEmail: (email: string) => Account | undefined
  /** Adds an account, or gives an existing one of this address another password. */
  put: (account: Readonly<{ email: string; password: string }>) => Account
  /** The account of this address; a new one that nobody knows the password of where there is none. */
  ensure: (email: string) => Account
}>

export function makeAccounts({ query }: Metrics): Accounts {
  const accounts = new Map<string, Account>()
  const byEmail = (email: string): Account | undefined =>
    query('accounts.byEmail', () => accounts.get(email.toLowerCase()))
  function put({ email, password }: Readonly<{ email: string; password: string }>): Account {
    return query('accounts.put', () => {
      const known = accounts.get(email.toLowerCase()) ?? { id: crypto.randomUUID(), email }
      const account = { ...known, password }
      accounts.set(email.toLowerCase(), account)
      return account
    })
  }
  return { byEmail, put, ensure: (email) => byEmail(email) ?? put({ email, password: crypto.randomUUID() }) }
}
