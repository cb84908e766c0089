import { base58 } from '@scure/base'
import { newKeyPair } from '#contracts/prometheus/auth/request-signature.ts'
import { containerName } from '#contracts/prometheus/container.ts'
import type { NodeKey } from '../nodes.ts'
import { signatureOf, signed, type Answer, type Sent } from './requests.ts'

export type RefusedSignature = Readonly<{ what: string; sent: Sent; answer: Answer }>

const ask = { method: 'POST', path: '/api/claims', body: '{"kind":"work"}' } as const satisfies Sent

/** A request that is good, each time another. */
export function goodRequest(node: NodeKey): Sent {
  return signed(node, ask)
}

/** Requests of a node that are not good, made from good ones; `other` is another node that is known too. */
export function refusedSignatures(node: NodeKey, other: NodeKey): readonly RefusedSignature[] {
  return [
    ...all([401, 'unauthorized'], notSigned(node)),
    ...all([401, 'key_unknown'], { 'signed with a key that nobody knows': signed(newKeyPair(), ask) }),
    ...all([401, 'signature_expired'], {
      'signed too long ago': signed(node, ask, { secondsFromNow: -90 }),
      'signed in the future': signed(node, ask, { secondsFromNow: 90 }),
    }),
    ...all([401, 'signature_invalid'], signedOtherwise(node, other)),
    ...all([401, 'signature_malformed'], writtenOtherwise(node)),
  ]
}

type Requests = Readonly<Record<string, Sent>>

function all(answer: Answer, requests: Requests): readonly RefusedSignature[] {
  return Object.entries(requests).map(([what, sent]) => ({ what, sent, answer }))
}

function notSigned(node: NodeKey): Requests {
  const after = (words: string): Sent => ({ ...ask, authorization: `${words}${signatureOf(node, ask)}` })
  return {
    'without a credential': ask,
    'under the word Bearer': after('Bearer '),
    'under the word Basic': after('Basic '),
    'without a scheme word': after(''),
  }
}

function signedOtherwise(node: NodeKey, other: NodeKey): Requests {
  const look = { method: 'GET', path: `/api/todos/${crypto.randomUUID()}/submission` } as const satisfies Sent
  const query = '?page=1'
  return {
    'with another body': { ...signed(node, ask), body: '{"kind":"audit"}' },
    'with a blank more in its body': { ...signed(node, ask), body: '{"kind": "work"}' },
    'for another path': { ...signed(node, look), path: `/api/todos/${crypto.randomUUID()}/submission` },
    'with a query added': { ...signed(node, look), path: look.path + query },
    'with its query taken away': { ...signed(node, { ...look, path: look.path + query }), path: look.path },
    'for another method': { ...signed(node, { ...ask, method: 'PUT' }), method: ask.method },
    'for another component': signed(node, ask, { audience: containerName }),
    'under the key of another node': withPart(signed(node, ask), 'key', () => other.publicKey),
    'dated anew': withPart(signed(node, ask), 'created', (created) => String(Number(created) + 1)),
    'with another nonce': withPart(signed(node, ask), 'nonce', (nonce) => nonce.slice(1) + nonce.slice(0, 1)),
  }
}

function writtenOtherwise(node: NodeKey): Requests {
  const signatureAs = (write: (signature: Uint8Array) => string): Sent =>
    withPart(signed(node, ask), 'signature', (text) => write(base58.decode(text)))
  return {
    'with what it signs attached': signatureAs((bytes) => base58.encode(Buffer.concat([bytes, Buffer.from(ask.body)]))),
    'in base64': signatureAs((bytes) => Buffer.from(bytes).toString('base64')),
    'in hexadecimal': signatureAs((bytes) => Buffer.from(bytes).toString('hex')),
    'cut short': signatureAs((bytes) => base58.encode(bytes.slice(0, 32))),
    'dated in milliseconds': withPart(signed(node, ask), 'created', (created) => `${created}000`),
    'without a nonce': withPart(signed(node, ask), 'nonce', () => ''),
  }
}

const partNames = ['key', 'created', 'nonce', 'signature'] as const

/** A signed request with one part of its credential changed. */
function withPart(request: Sent, name: (typeof partNames)[number], change: (text: string) => string): Sent {
  const [scheme = '', credential = ''] = (request.authorization ?? '').split(' ')
  const parts = credential.split('.').map((text, index) => (partNames[index] === name ? change(text) : text))
  return { ...request, authorization: `${scheme} ${parts.join('.')}` }
}
