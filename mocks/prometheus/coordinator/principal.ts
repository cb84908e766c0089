import { refuseRole } from '#contracts/prometheus/auth/refusals.ts'
import type { Caller } from '#contracts/prometheus/auth/tokens.ts'
import { expectRole } from '../shared/callers.ts'
import type { Node } from './nodes.ts'

/** Who calls the coordinator. */
export type Principal = Readonly<{ kind: 'caller'; caller: Caller }> | Readonly<{ kind: 'node'; node: Node }>

/** The name of the caller, who has to have this role. Throws Refusal 403 for anybody else. */
export function nameOf(principal: Principal, role: Caller['role']): string {
  if (principal.kind !== 'caller') throw refuseRole('This is for callers with a token.')
  expectRole(principal.caller, role)
  return principal.caller.name
}

/** The node that calls. Throws Refusal 403 for anybody else. */
export function nodeOf(principal: Principal): Node {
  if (principal.kind !== 'node') throw refuseRole('This is for nodes.')
  return principal.node
}
