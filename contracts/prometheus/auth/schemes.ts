import { bearer, security, type Security } from '#harness/contract/security.ts'
import { signedRequests } from './request-signature.ts'

/** A JSON Web Token in the Authorization header (RFC 6750): owners, containers, and nodes at their container. */
export const token: Security = security('token', { carriers: [bearer()], value: 'token' })

/** Requests that a node signs with its own key: it has no account at the component that it calls. */
export function nodeSignature(audience: string): Security {
  return security('node signature', { carriers: [signedRequests(audience)], value: 'private_key' })
}
