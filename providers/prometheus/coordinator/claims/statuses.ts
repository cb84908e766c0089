import type { Database } from '#harness/live-kit/database.ts'
import { claimColumns, claimJoins, claimOf, type Claim, type ClaimKind, type ClaimRow } from './claim-row.ts'
import { failAfterLastAttempt } from './last-attempt.ts'
import { callValues, held, remembered, underClaim, type ClaimCall } from './under-claim.ts'

/** What nodes say of their claims. */
export type Statuses = Readonly<{
  /** Renews the lease. */
  renew: (call: ClaimCall) => Promise<Claim>
  /** Gives the todo back, as long as it has attempts left; an audit is freed. The lease in the answer is over. */
  giveBack: (call: ClaimCall, message: string | undefined) => Promise<Claim>
}>

const kinds: readonly ClaimKind[] = ['plan', 'work', 'audit']

/** An audit leaves its todo as it was submitted. */
const unlessAudited = (column: string, value: string) =>
  `${column} = case when todos.status = 'submitted' then todos.${column} else ${value} end`

const renew = `with ${held('reportStatus', kinds)},
  renewed as (update todos set ${unlessAudited('status', `'in_progress'`)}, ${unlessAudited('updated_at', 'now()')},
      lease_expires_at = now() + make_interval(secs => $4)
    from held where todos.id = held.id returning todos.*)
  select ${claimColumns('renewed')} from (select $2::uuid as id, kind from held) as claim cross join renewed
    ${claimJoins('renewed')}`

const giveBack = `with ${held('reportStatus', kinds, `(todos.status = 'submitted' or todos.attempts < $5)`)},
  ${remembered('reportStatus', 'ends the claim')},
  freed as (update todos set ${unlessAudited('status', `'queued'`)}, ${unlessAudited('updated_at', 'now()')},
      claim_id = null, lease_expires_at = null
    from held where todos.id = held.id returning todos.*)
  select ${claimColumns('freed', 'claim.ended_at')} from remembered as claim cross join freed ${claimJoins('freed')}`

const ended = `select ${claimColumns('todos', 'claim.ended_at')}
  from claims as claim join todos on todos.id = claim.todo_id ${claimJoins('todos')} where claim.id = $1`

/** The statuses in a database. */
export function statusesIn(
  database: Database,
  { leaseSeconds, maxAttempts }: Readonly<{ leaseSeconds: number; maxAttempts: number }>,
): Statuses {
  async function claim(name: string, text: string, values: readonly unknown[]): Promise<Claim | undefined> {
    const [row] = await database.query<ClaimRow>({ name, text, values })
    return row && claimOf(row)
  }
  const again = ({ claimId }: ClaimCall) => claim('statuses.ended', ended, [claimId])
  return {
    renew: (call) =>
      underClaim<Claim>(database, call, {
        kinds,
        once: () => claim('statuses.renew', renew, [call.todoId, call.claimId, call.node.name, leaseSeconds]),
        again: () => Promise.resolve(undefined),
      }),
    giveBack: (call, message) =>
      underClaim<Claim>(database, call, {
        kinds,
        once: () => claim('statuses.giveBack', giveBack, [...callValues(call), maxAttempts]),
        again: () => again(call),
        async last() {
          const error = (title: string) => message ?? `"${title}" could not be done.`
          return (await failAfterLastAttempt(database, call, { kinds, maxAttempts, error })) ? again(call) : undefined
        },
      }),
  }
}
