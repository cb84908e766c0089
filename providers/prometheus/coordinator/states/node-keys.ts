import { newKeyPair, publicKeyOf, type KeyPair } from '#contracts/prometheus/auth/request-signature.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import type { Node } from '../auth/principal.ts'
import type { NodeKey } from '../settings.ts'

/** Nodes by the names that states give them: each has one key, always the same. */
export type NodeKeys = Readonly<{
  pair: (name: string) => KeyPair
  node: (name: string) => Node
}>

/** Keys of nodes that states speak of: of those that are configured the one that they have, where it is no secret. */
export function nodeKeys(configured: readonly NodeKey[]): NodeKeys {
  const pairs = new Map<string, KeyPair>()
  for (const { privateKey } of [developmentKeys.planner, developmentKeys.worker]) {
    const publicKey = publicKeyOf(privateKey)
    const node = configured.find((candidate) => candidate.publicKey === publicKey)
    if (node) pairs.set(node.name, { privateKey, publicKey })
  }
  function pair(name: string): KeyPair {
    const known = pairs.get(name) ?? newKeyPair()
    pairs.set(name, known)
    return known
  }
  return { pair, node: (name) => ({ name, publicKey: pair(name).publicKey }) }
}
