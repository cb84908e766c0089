import { refuseCredential } from '#contracts/prometheus/auth/refusals.ts'
import { signatureLifetimeSeconds, verifyRequest } from '#contracts/prometheus/auth/request-signature.ts'
import type { Credential } from '#harness/contract/security.ts'
import type { Node, Nodes } from './nodes.ts'

type Signature = Extract<Credential, { carrier: 'signature' }>

/** Those who sign their requests. */
export type Signatures = Readonly<{
  /** Whose signature it is. Throws Refusal 401 where it is not good here, or was seen before. */
  authenticate: (credential: Signature) => Node
}>

export type SignaturesOptions = Readonly<{
  nodes: Nodes
  /** The name of the contract that is called. */
  audience: string
  /** Milliseconds since 1970. */
  now: () => number
}>

export function makeSignatures({ nodes, audience, now }: SignaturesOptions): Signatures {
  /** Until when each nonce has to be remembered, in seconds: longer, and its signature is too old anyway. */
  const seen = new Map<string, number>()
  function forgetOld(nowSeconds: number): void {
    for (const [nonce, until] of seen) if (until < nowSeconds) seen.delete(nonce)
  }
  return {
    authenticate({ value, request }) {
      const nowSeconds = now() / 1000
      const verified = verifyRequest(value, { request, audience, nowSeconds })
      if (typeof verified === 'string') throw refuseCredential(verified)
      const { publicKey, nonce, created } = verified
      const node = nodes.find(publicKey)
      if (!node) throw refuseCredential('key_unknown')
      forgetOld(nowSeconds)
      const used = `${publicKey}.${nonce}`
      if (seen.has(used)) throw refuseCredential('signature_replayed')
      seen.set(used, created + signatureLifetimeSeconds)
      return node
    },
  }
}
