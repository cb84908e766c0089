import { createPrivateKey, sign } from 'node:crypto'
import { base58 } from '@scure/base'
import { textToSign } from '#contracts/prometheus/auth/request-signature.ts'
import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import type { NodeKey } from '../nodes.ts'

/** What comes before the 32 bytes of a private key in PKCS #8 (RFC 8410 §7). */
const privateKeyPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

const path = '/api/claims'
const body = '{"kind":"work"}'
const bytes = new TextEncoder().encode(body)

/**
 * Claims work as a node that prepares its key once and signs by OpenSSL: hundreds of nodes in one process are to keep the
 * coordinator busy, and not themselves. Gives the todo's id; undefined where there is none left.
 * @throws Error where the coordinator answers otherwise
 */
export function swiftClaims(coordinatorUrl: string, node: NodeKey): () => Promise<string | undefined> {
  const der = Buffer.concat([privateKeyPrefix, base58.decode(node.privateKey)])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  function credential(): string {
    const created = Math.floor(Date.now() / 1000)
    const nonce = base58.encode(crypto.getRandomValues(new Uint8Array(16)))
    const request = { method: 'POST', path, body: bytes }
    const text = textToSign({ request, audience: coordinatorName, created, nonce })
    return `Signature ${node.publicKey}.${created}.${nonce}.${base58.encode(sign(null, Buffer.from(text), key))}`
  }
  return async () => {
    const headers = {
      authorization: credential(),
      'content-type': 'application/json',
      'x-request-id': crypto.randomUUID(),
    }
    const reply = await fetch(coordinatorUrl + path, { method: 'POST', headers, body })
    const text = await reply.text()
    if (reply.status === 204) return undefined
    if (reply.status !== 201) throw new Error(`the claim of ${node.name} was answered ${reply.status}: ${text}`)
    return (JSON.parse(text) as { data: { todo: { todo_id: string } } }).data.todo.todo_id
  }
}
