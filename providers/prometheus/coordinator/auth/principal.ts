import { refuseRole } from '#contracts/prometheus/auth/refusals.ts'
import type { Caller } from '#contracts/prometheus/auth/tokens.ts'

/** A node that signed its request. */
export type Node = Readonly<{ name: string; publicKey: string }>

/** Who calls: somebody with a token, or a node. */
export type Principal = Readonly<{ kind: 'caller' } & Caller> | Readonly<{ kind: 'node' } & Node>

/**
 * The caller, where it has this role.
 * @throws Refusal with 403 otherwise.
 */
export function expectRole(principal: Principal, role: Caller['role']): Caller {
  if (principal.kind === 'caller' && principal.role === role) return principal
  throw refuseRole(`Only the role "${role}" may do this.`)
}

/**
 * The node that calls.
 * @throws Refusal with 403 where it is no node.
 */
export function expectNode(principal: Principal): Node {
  if (principal.kind === 'node') return principal
  throw refuseRole('Only a node may do this.')
}
