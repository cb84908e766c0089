import { randomUUID } from 'node:crypto'
import type { Queries } from '#harness/live-kit/database.ts'

/** An account as it is stored. */
export type Account = Readonly<{ id: string; email: string; passwordHash: string }>

export type Accounts = Readonly<{
  /** The account of an address; upper and lower case are the same. */
  byEmail: (email: string) => Promise<Account | undefined>
  /** Adds an account, or gives an existing one of this address another password. */
  put: (account: Readonly<{ email: string; passwordHash: string }>) => Promise<Account>
}>

type Row = { id: string; email: string; password_hash: string }

const columns = 'id, email, password_hash'

/** The accounts in a database. */
export function accountsIn(database: Queries): Accounts {
  return {
    async byEmail(email) {
      const [row] = await database.query<Row>({
        name: 'accounts.byEmail',
        text: `select ${columns} from accounts where lower(email) = lower($1)`,
        values: [email],
      })
      return row && accountOf(row)
    },
    async put({ email, passwordHash }) {
      const [row] = await database.query<Row>({
        name: 'accounts.put',
        text: `insert into accounts (${columns}) values ($1, $2, $3)
          on conflict (lower(email)) do update set password_hash = excluded.password_hash returning ${columns}`,
        values: [randomUUID(), email, passwordHash],
      })
      return accountOf(row as Row)
    },
  }
}

function accountOf({ id, email, password_hash }: Row): Account {
  return { id, email, passwordHash: password_hash }
}
