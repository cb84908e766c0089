import { newKeyPair } from '#contracts/prometheus/auth/request-signature.ts'
import { issueToken, tokenLifetimeSeconds, type TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import type { CoordinatorStates, SetUp } from './set-up.ts'

type Names = 'callerKnown' | 'tokenExpired' | 'nodeRegistered' | 'nodeUnknown'

/** Callers with tokens, by the keys of the running coordinator, and nodes. */
export function callerStates(
  { database, keys }: SetUp,
  tokenKeys: readonly TokenKey[],
): Pick<CoordinatorStates, Names> {
  const audience = coordinatorName
  return {
    callerKnown: async (caller) => ({ token: await issueToken(tokenKeys, { caller, audience }) }),
    async tokenExpired(caller) {
      const nowSeconds = Date.now() / 1000 - 2 * tokenLifetimeSeconds
      return { token: await issueToken(tokenKeys, { caller, audience, nowSeconds }) }
    },
    async nodeRegistered({ name }) {
      const { privateKey, publicKey } = keys.pair(name)
      await database.query({
        name: 'states.register',
        text: 'insert into nodes (public_key, name) values ($1, $2) on conflict (public_key) do nothing',
        values: [publicKey, name],
      })
      return { private_key: privateKey }
    },
    nodeUnknown: () => ({ private_key: newKeyPair().privateKey }),
  }
}
