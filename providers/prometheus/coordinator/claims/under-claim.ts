import type { Queries } from '#harness/live-kit/database.ts'
import { conflict, leaseLost, notFound, wrongKind } from '../refusals.ts'
import type { Node } from '../auth/principal.ts'
import type { ClaimKind } from './claim-row.ts'

/** What a node does under a claim. */
export type ClaimCall = Readonly<{
  todoId: string
  claimId: string
  node: Node
  /** The name under which it is remembered that this was done. */
  operation: string
  /** The fingerprint of what it says. */
  fingerprint: string
}>

export type Doing<T> = Readonly<{
  kinds: readonly ClaimKind[]
  /** Does it in one go where the claim holds and this was not done yet; else changes nothing and gives undefined. */
  once: () => Promise<T | undefined>
  /** The answer where it was done before. */
  again: () => Promise<T | undefined>
  /** Does it where `once` leaves it, although the claim holds: after the last attempt. */
  last?: () => Promise<T | undefined>
}>

/**
 * The condition under which a call does its work, as a query named `held`: the todo and its claim, locked. Its
 * parameters are $1 the todo, $2 the claim and $3 the name of the node.
 */
export function held(operation: string, kinds: readonly ClaimKind[], also = 'true'): string {
  return `held as (select todos.id, todos.job_id, claims.kind
    from todos join claims on claims.id = todos.claim_id
    where todos.id = $1 and todos.claim_id = $2 and claims.node = $3 and todos.lease_expires_at > now()
      and claims.kind in (${kinds.map((kind) => `'${kind}'`).join(', ')}) and not claims.calls ? '${operation}'
      and ${also}
    for update)`
}

/** The first parameters of a query with `held` and `remembered`. */
export function callValues({ todoId, claimId, node, fingerprint }: ClaimCall): readonly unknown[] {
  return [todoId, claimId, node.name, fingerprint]
}

/** Remembers in the claim that is `held` what was done: $4 is the fingerprint. */
export function remembered(operation: string, change: 'ends the claim' | 'keeps the claim'): string {
  return `remembered as (update claims set calls = calls || jsonb_build_object('${operation}', $4::text)
      ${change === 'ends the claim' ? ', ended_at = now()' : ''}
    from held where claims.id = $2 returning claims.id, claims.kind, claims.ended_at)`
}

/** What a claim that ends leaves of itself in its todo. */
export const released = 'claim_id = null, lease_expires_at = null, updated_at = now()'

/**
 * Does something under a claim, once: the same again gives the same answer.
 * @throws Refusal with 404 where there is no such todo; 409 `conflict` where the same was done with another content,
 *   `lease_lost` where the claim does not hold, `wrong_kind` where it is one of another kind.
 */
export async function underClaim<T>(queries: Queries, call: ClaimCall, doing: Doing<T>): Promise<T> {
  const attempts = [doing.once, ...(doing.last ? [doing.last] : [])]
  for (const attempt of attempts) {
    // The same call may be doing it right now: whoever comes second finds it done.
    const outcome = (await attempt()) ?? (await repeated(queries, call, doing))
    if (outcome !== undefined) return outcome
  }
  throw leaseLost()
}

/** The answer where it was done before; undefined where the claim holds and it was not. */
async function repeated<T>(queries: Queries, call: ClaimCall, { kinds, again }: Doing<T>): Promise<T | undefined> {
  const standing = await standingOf(queries, call)
  if (!standing) throw notFound('todo')
  if (standing.done === call.fingerprint) return again()
  if (standing.done !== null) throw conflict()
  if (!standing.holds || standing.kind === null) throw leaseLost()
  if (!kinds.includes(standing.kind)) throw wrongKind(standing.kind)
  return undefined
}

type Standing = { kind: ClaimKind | null; done: string | null; holds: boolean }

async function standingOf(
  queries: Queries,
  { todoId, claimId, node, operation }: ClaimCall,
): Promise<Standing | undefined> {
  const [row] = await queries.query<Standing>({
    name: 'claims.standing',
    text: `select claims.kind, claims.calls ->> $4 as done,
        coalesce(todos.claim_id = claims.id and todos.lease_expires_at > now(), false) as holds
      from todos left join claims on claims.id = $2 and claims.todo_id = todos.id and claims.node = $3
      where todos.id = $1`,
    values: [todoId, claimId, node.name, operation],
  })
  return row
}
