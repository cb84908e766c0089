import { refuseCredential } from '#contracts/prometheus/auth/refusals.ts'
import { verifyRequest } from '#contracts/prometheus/auth/request-signature.ts'
import { verifyToken, type TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import type { Credential } from '#harness/contract/security.ts'
import type { Nodes } from './nodes.ts'
import type { Principal } from './principal.ts'

/**
 * Finds out who calls. A signature counts once, whatever becomes of its request.
 * @throws Refusal with 401 and the reason as its code where the credential is not good.
 */
export function authenticator(
  tokenKeys: readonly TokenKey[],
  nodes: Pick<Nodes, 'admit'>,
): (credential: Credential) => Promise<Principal | undefined> {
  async function callerOf(token: string): Promise<Principal> {
    const caller = await verifyToken(tokenKeys, token, { audience: coordinatorName })
    if (typeof caller === 'string') throw refuseCredential(caller)
    return { kind: 'caller', ...caller }
  }
  async function nodeOf({ value, request }: Extract<Credential, { carrier: 'signature' }>): Promise<Principal> {
    const nowSeconds = Math.floor(Date.now() / 1000)
    const signature = verifyRequest(value, { request, audience: coordinatorName, nowSeconds })
    if (typeof signature === 'string') throw refuseCredential(signature)
    const node = await nodes.admit(signature)
    if (typeof node === 'string') throw refuseCredential(node)
    return { kind: 'node', name: node.name, publicKey: signature.publicKey }
  }
  return async (credential) => {
    switch (credential.carrier) {
      case 'bearer':
        return callerOf(credential.value)
      case 'signature':
        return nodeOf(credential)
      case 'cookie':
        return undefined
    }
  }
}
