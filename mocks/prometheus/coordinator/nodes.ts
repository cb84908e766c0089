import { newKeyPair, publicKeyOf, type KeyPair } from '#contracts/prometheus/auth/request-signature.ts'

/** A node, by one of its keys, in base58. */
export type Node = Readonly<{ name: string; publicKey: string }>

/** The nodes that the coordinator knows. A node may have several keys. */
export type Nodes = Readonly<{
  find: (publicKey: string) => Node | undefined
  /** The node of a name, known from now on. */
  ensure: (name: string) => Node
  /** The private key of a node, which is known from now on: always the same. */
  privateKeyOf: (name: string) => string
}>

/** Makes nodes out of `name=key,name=key`, and those whose private keys are no secret. */
export function makeNodes(text: string, open: readonly Readonly<{ privateKey: string }>[]): Nodes {
  const byKey = new Map(readNodeKeys(text).map((node) => [node.publicKey, node]))
  let known: Map<string, KeyPair> | undefined
  // Not before somebody asks: to find the public half of a key takes as long as to start Node.
  function pairs(): Map<string, KeyPair> {
    known ??= new Map(
      open.flatMap(({ privateKey }) => {
        const publicKey = publicKeyOf(privateKey)
        const node = byKey.get(publicKey)
        return node ? [[node.name, { privateKey, publicKey }] as const] : []
      }),
    )
    return known
  }
  function pairOf(name: string): KeyPair {
    const pair = pairs().get(name) ?? newKeyPair()
    pairs().set(name, pair)
    byKey.set(pair.publicKey, { name, publicKey: pair.publicKey })
    return pair
  }
  return {
    find: (publicKey) => byKey.get(publicKey),
    ensure(name) {
      const node = byKey.values().find((one) => one.name === name)
      return node && !pairs().has(name) ? node : { name, publicKey: pairOf(name).publicKey }
    },
    privateKeyOf: (name) => pairOf(name).privateKey,
  }
}

function readNodeKeys(text: string): readonly Node[] {
  return text.split(',').map((entry) => {
    const [, name = '', publicKey = ''] = /^([\w-]+)=(\w{32,44})$/.exec(entry.trim()) ?? []
    if (name === '') throw new TypeError('NODE_KEYS has to be name=key, by comma. Correct it.')
    return { name, publicKey }
  })
}
