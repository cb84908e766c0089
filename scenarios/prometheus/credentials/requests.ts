import { base58 } from '@scure/base'
import { signRequest } from '#contracts/prometheus/auth/request-signature.ts'
import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import type { NodeKey } from '../nodes.ts'

/** A request as it is sent; without a credential where there is none, or an empty one. */
export type Sent = Readonly<{ method: string; path: string; body?: string; authorization?: string }>

/** What came of it: the status, and the code where it was refused. */
export type Answer = readonly [status: number, code?: string]

/** Sends a request just as it is. */
export async function send(baseUrl: string, { method, path, body, authorization }: Sent): Promise<Answer> {
  const headers = new Headers({ 'x-request-id': crypto.randomUUID() })
  if (authorization) headers.set('authorization', authorization)
  if (body !== undefined) headers.set('content-type', 'application/json')
  const reply = await fetch(baseUrl + path, { method, headers, ...(body !== undefined && { body }) })
  const text = await reply.text()
  const { error } = (text === '' ? {} : JSON.parse(text)) as { error?: { code: string } }
  return error ? [reply.status, error.code] : [reply.status]
}

export type Signing = Readonly<{ audience?: string; secondsFromNow?: number }>

/** The credential of a request, signed by a node: what follows the scheme word. */
export function signatureOf(
  { privateKey }: Pick<NodeKey, 'privateKey'>,
  { method, path, body }: Sent,
  { audience = coordinatorName, secondsFromNow = 0 }: Signing = {},
): string {
  return signRequest(privateKey, {
    request: { method, path, body: new TextEncoder().encode(body) },
    audience,
    created: Math.floor(Date.now() / 1000) + secondsFromNow,
    nonce: base58.encode(crypto.getRandomValues(new Uint8Array(16))),
  })
}

/** A request with its signature under the right word. */
export function signed(node: Pick<NodeKey, 'privateKey'>, request: Sent, signing: Signing = {}): Sent {
  return { ...request, authorization: `Signature ${signatureOf(node, request, signing)}` }
}
