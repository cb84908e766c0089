import { refuseCredential, refuseRole } from '#contracts/prometheus/auth/refusals.ts'
import { verifyToken, type Caller, type TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import type { Credential } from '#harness/contract/security.ts'

/**
 * Finds out who calls a node: a container, by a token for this node.
 * @throws Refusal with 401 where the token is not good, 403 where it is somebody else's than a container's.
 */
export function containersOnly(
  keys: readonly TokenKey[],
  audience: string,
): (credential: Credential) => Promise<Caller> {
  return async ({ value }) => {
    const caller = await verifyToken(keys, value, { audience })
    if (typeof caller === 'string') throw refuseCredential(caller)
    if (caller.role !== 'container') throw refuseRole('Only a container may report to a node.')
    return caller
  }
}
