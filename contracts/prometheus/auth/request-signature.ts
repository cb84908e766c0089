import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { base58 } from '@scure/base'
import { signature, type RequestToSign, type SignatureCarrier } from '#harness/contract/security.ts'

/** For how long a signed request is good, before and after the moment it was made, in seconds. */
export const signatureLifetimeSeconds = 60

const base58Text = '[1-9A-HJ-NP-Za-km-z]'

/** What follows the scheme word: `<public key>.<created>.<nonce>.<signature>`; bytes in base58, `created` in seconds since 1970. */
const credentialPattern = `${base58Text}{32,44}\\.\\d{10}\\.${base58Text}{16,32}\\.${base58Text}{64,88}`

export type KeyPair = Readonly<{ privateKey: string; publicKey: string }>

/** A new key: both halves 32 bytes (RFC 8032 §5.1.5) in base58. */
export function newKeyPair(): KeyPair {
  const privateKey = crypto.getRandomValues(new Uint8Array(32))
  return { privateKey: base58.encode(privateKey), publicKey: base58.encode(ed25519.getPublicKey(privateKey)) }
}

/** The public half of a key. Throws TypeError where the private one is not 32 bytes in base58. */
export function publicKeyOf(privateKey: string): string {
  return base58.encode(ed25519.getPublicKey(privateKeyBytes(privateKey)))
}

function privateKeyBytes(privateKey: string): Uint8Array {
  // Decoded under a guard: a decoder's own message may repeat a part of what it could not read.
  const bytes = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(privateKey) ? base58.decode(privateKey) : undefined
  if (bytes?.length !== 32) throw new TypeError('a private key has to be 32 bytes in base58.')
  return bytes
}

export type Signed = Readonly<{
  request: RequestToSign
  /** The name of the contract that is called: a request to one component is worth nothing at another. */
  audience: string
  created: number
  nonce: string
}>

/**
 * The text that is signed, in UTF-8, its lines parted by a line feed and without one at the end: version, audience,
 * method in upper case, path with query as sent, creation time, nonce, and the SHA-256 of the body as sent in
 * lower-case hexadecimal.
 */
export function textToSign({ request, audience, created, nonce }: Signed): string {
  const digest = bytesToHex(sha256(request.body))
  return ['prometheus-v1', audience, request.method.toUpperCase(), request.path, created, nonce, digest].join('\n')
}

/**
 * What follows the scheme word for a request: its signature is ed25519 (RFC 8032), detached, over `textToSign`.
 * Throws TypeError where the key is not 32 bytes in base58.
 */
export function signRequest(privateKey: string, signed: Signed): string {
  const bytes = ed25519.sign(utf8ToBytes(textToSign(signed)), privateKeyBytes(privateKey))
  return `${publicKeyOf(privateKey)}.${signed.created}.${signed.nonce}.${base58.encode(bytes)}`
}

/** The carrier of signed requests to one component: `Authorization: Signature …`. */
export function signedRequests(audience: string): SignatureCarrier {
  return signature({
    scheme: 'Signature',
    pattern: credentialPattern,
    sign: (privateKey, request) =>
      signRequest(privateKey, {
        request,
        audience,
        created: Math.floor(Date.now() / 1000),
        nonce: base58.encode(crypto.getRandomValues(new Uint8Array(16))),
      }),
  })
}

/** Why a signature is refused: the code of the error. */
export type SignatureProblem = 'signature_malformed' | 'signature_expired' | 'signature_invalid'

/** A signature that holds: whose it is, and its nonce, which counts once within the lifetime. */
export type VerifiedSignature = Readonly<{ publicKey: string; nonce: string; created: number }>

export type Verification = Readonly<{ request: RequestToSign; audience: string; nowSeconds: number }>

/**
 * Verifies what follows the scheme word. Whether the key is known and the nonce new is for the caller to find out:
 * it has the memory.
 */
export function verifyRequest(
  credential: string,
  { request, audience, nowSeconds }: Verification,
): VerifiedSignature | SignatureProblem {
  if (!new RegExp(`^${credentialPattern}$`).test(credential)) return 'signature_malformed'
  const [publicKey = '', createdText = '', nonce = '', signatureText = ''] = credential.split('.')
  const created = Number(createdText)
  if (Math.abs(nowSeconds - created) > signatureLifetimeSeconds) return 'signature_expired'
  const text = utf8ToBytes(textToSign({ request, audience, created, nonce }))
  return isSignature(signatureText, text, publicKey) ? { publicKey, nonce, created } : 'signature_invalid'
}

/**
 * Strict: points and S have one encoding only, no key is of small order, and the equation is the one with the cofactor
 * (RFC 8032 §5.1.7). An implementation without cofactor differs where somebody makes a signature with a twisted R.
 */
function isSignature(encoded: string, text: Uint8Array, publicKey: string): boolean {
  try {
    return ed25519.verify(base58.decode(encoded), text, base58.decode(publicKey), { zip215: false })
  } catch {
    return false
  }
}
