import { randomUUID } from 'node:crypto'
import type { Queries } from '#harness/live-kit/database.ts'
import { claimColumns, claimOf, type Claim, type ClaimKind, type ClaimRow } from './claim-row.ts'
import type { Node } from '../auth/principal.ts'
import type { Leases } from './leases.ts'

/** Gives todos out. */
export type Claiming = Readonly<{
  /** The oldest todo of a kind, now the node's until the lease is over; undefined where there is none. */
  claim: (node: Node, kind: ClaimKind) => Promise<Claim | undefined>
}>

type Row = { is_due: boolean } & (ClaimRow | { [K in keyof ClaimRow]: null })

/**
 * Leases that are over come first: what they give back may be the oldest. Asked for by the first to end, so that the
 * index answers also by a plan that was made while the table was empty.
 */
const due = `due as (select $1 and coalesce((select lease_expires_at from todos where lease_expires_at is not null
  order by lease_expires_at limit 1) <= now(), false) as is_due)`

const outcome = `select is_due, ${claimColumns('claimed')}
  from due left join (claimed cross join recorded as claim) on true
    left join jobs on jobs.id = claimed.job_id
    left join submissions on claim.kind = 'audit' and submissions.claim_id = claimed.submission_claim_id`

/** What others are about to take is passed over, not waited for: all claims at once get different todos. */
const claimTodo = `with ${due},
  next as (select id from todos where kind = $4 and status = 'queued' and not (select is_due from due)
    order by number limit 1 for update skip locked),
  claimed as (update todos set status = 'claimed', attempts = attempts + 1, claim_id = $2,
      lease_expires_at = now() + make_interval(secs => $5), updated_at = now()
    from next where todos.id = next.id returning todos.*),
  recorded as (insert into claims (id, todo_id, kind, node)
    select $2, id, $4, $3 from claimed returning id, kind),
  begun as (update jobs set status = 'in_progress', updated_at = now()
    where id = (select job_id from claimed) and status = 'pending')
  ${outcome}`

const claimAudit = `with ${due},
  next as (select todos.id from todos join submissions on submissions.claim_id = todos.submission_claim_id
    where status = 'submitted' and todos.claim_id is null and submissions.public_key <> $4
      and not (select is_due from due)
    order by number limit 1 for update of todos skip locked),
  claimed as (update todos set claim_id = $2, lease_expires_at = now() + make_interval(secs => $5)
    from next where todos.id = next.id returning todos.*),
  recorded as (insert into claims (id, todo_id, kind, node)
    select $2, id, 'audit', $3 from claimed returning id, kind)
  ${outcome}`

/** Gives out the todos in a database, each claim in one statement. */
export function claimingIn(database: Queries, leases: Leases, leaseSeconds: number): Claiming {
  async function attempt(node: Node, kind: ClaimKind, heedsLeases: boolean): Promise<Claim | 'due' | undefined> {
    const values = [heedsLeases, randomUUID(), node.name]
    const [row] = await database.query<Row>(
      kind === 'audit'
        ? { name: 'claims.claimAudit', text: claimAudit, values: [...values, node.publicKey, leaseSeconds] }
        : { name: 'claims.claimTodo', text: claimTodo, values: [...values, kind, leaseSeconds] },
    )
    if (row?.is_due) return 'due'
    return row && row.claimed_id !== null ? claimOf(row) : undefined
  }
  return {
    async claim(node, kind) {
      const first = await attempt(node, kind, true)
      if (first !== 'due') return first
      await leases.settle()
      const second = await attempt(node, kind, false)
      return second === 'due' ? undefined : second
    },
  }
}
