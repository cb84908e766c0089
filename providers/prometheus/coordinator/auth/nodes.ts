import { signatureLifetimeSeconds, type VerifiedSignature } from '#contracts/prometheus/auth/request-signature.ts'
import type { Database } from '#harness/live-kit/database.ts'
import type { NodeKey } from '../settings.ts'

/** Nodes that may take part, and the signatures that they have used. */
export type Nodes = Readonly<{
  /** Makes the nodes of NODE_KEYS those that are configured: a key that is named no more is taken away. */
  configure: (nodes: readonly NodeKey[]) => Promise<void>
  /** Takes a signature that was verified, once: the name of its node, or why it does not count. */
  admit: (signature: VerifiedSignature) => Promise<Readonly<{ name: string }> | 'key_unknown' | 'signature_replayed'>
  /** Forgets signatures that are over, so many at a time. Says how many. */
  forgetSignatures: (limit: number) => Promise<number>
}>

/** A signature may be dated ahead by its lifetime, and clocks of processes and the database differ. */
const rememberedSeconds = 2 * signatureLifetimeSeconds

/** The nodes in a database: all processes on it agree. */
export function nodesIn(database: Database): Nodes {
  return {
    configure: (nodes) =>
      database.transaction(async (queries) => {
        const keys = nodes.map(({ publicKey }) => publicKey)
        // One process after the other, so that two that start at once do not wait for each other's rows.
        await queries.query({ name: 'nodes.lock', text: 'lock table nodes in share row exclusive mode' })
        await queries.query({
          name: 'nodes.unconfigure',
          text: 'delete from nodes where configured and public_key <> all($1::text[])',
          values: [keys],
        })
        await queries.query({
          name: 'nodes.configure',
          text: `insert into nodes (public_key, name, configured)
            select public_key, name, true from unnest($1::text[], $2::text[]) as given (public_key, name)
            on conflict (public_key) do update set name = excluded.name, configured = true`,
          values: [keys, nodes.map(({ name }) => name)],
        })
      }),
    async admit({ publicKey, nonce, created }) {
      const [node] = await database.query<{ name: string; is_new: boolean }>({
        name: 'nodes.admit',
        text: `with known as (select name from nodes where public_key = $1),
            used as (insert into used_signatures (public_key, nonce, expires_at)
              select $1, $2, to_timestamp($3) from known on conflict do nothing returning nonce)
          select name, exists (select from used) as is_new from known`,
        values: [publicKey, nonce, created + rememberedSeconds],
      })
      if (!node) return 'key_unknown'
      return node.is_new ? { name: node.name } : 'signature_replayed'
    },
    async forgetSignatures(limit) {
      const forgotten = await database.query({
        name: 'nodes.forgetSignatures',
        text: `delete from used_signatures where (public_key, nonce) in (
            select public_key, nonce from used_signatures where expires_at < now()
              order by expires_at limit $1 for update skip locked)
          returning nonce`,
        values: [limit],
      })
      return forgotten.length
    },
  }
}
