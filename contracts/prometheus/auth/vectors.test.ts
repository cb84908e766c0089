import { readFileSync } from 'node:fs'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { base58 } from '@scure/base'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import type { Vectors } from './testing/vectors.ts'
import { publicKeyOf, signedRequests, signRequest, textToSign, verifyRequest } from './request-signature.ts'
import { issueToken, readTokenKeys, verifyToken } from './tokens.ts'

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as Vectors

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

describe('base58', () => {
  test.each(vectors.base58)('writes and reads $name', ({ bytes, text }) => {
    expect(base58.encode(hexToBytes(bytes))).toBe(text)
    expect(bytesToHex(base58.decode(text))).toBe(bytes)
  })
})

describe('ed25519', () => {
  test.each(vectors.ed25519.rfc8032)('$name', ({ seed, public_key, message, signature }) => {
    expect(bytesToHex(ed25519.getPublicKey(hexToBytes(seed)))).toBe(public_key)
    expect(bytesToHex(ed25519.sign(hexToBytes(message), hexToBytes(seed)))).toBe(signature)
  })

  test.each(vectors.ed25519.strictness)('says $holds of $name', ({ public_key, message, signature, holds }) => {
    expect(isSignature(hexToBytes(public_key), hexToBytes(message), hexToBytes(signature))).toBe(holds)
  })
})

function isSignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}

describe('signed requests', () => {
  test.each(vectors.signing)('signs $name', ({ private_key, public_key, text, signature, header, ...given }) => {
    const { method, path, body, ...signed } = given
    const request = { method, path, body: bytesOf(body) }
    expect(textToSign({ request, ...signed })).toBe(text)
    expect(publicKeyOf(private_key)).toBe(public_key)
    const credential = signRequest(private_key, { request, ...signed })
    expect(`Signature ${credential}`).toBe(header)
    expect(credential).toBe(`${public_key}.${given.created}.${given.nonce}.${signature}`)
    expect(credential).toMatch(new RegExp(`^${signedRequests(given.audience).pattern}$`))
    expect(verifyRequest(credential, { request, audience: given.audience, nowSeconds: given.created })).toMatchObject({
      publicKey: public_key,
    })
  })

  test.each(vectors.verifying)('verifies: $name', ({ credential, audience, now, method, path, body, code }) => {
    const request = { method, path, body: bytesOf(body) }
    const [publicKey, created, nonce] = credential.split('.')
    expect(verifyRequest(credential, { request, audience, nowSeconds: now })).toEqual(
      code ?? { publicKey, created: Number(created), nonce },
    )
  })
})

describe('token keys', () => {
  test.each(vectors.token_keys.good)('reads $name', ({ text, ids }) => {
    expect(readTokenKeys(text).map(({ id }) => id)).toEqual(ids)
  })

  test.each(vectors.token_keys.bad)('refuses $name, and repeats nothing of it', ({ text }) => {
    const message = messageOf(() => readTokenKeys(text))
    for (const part of text.split(/[=,]/).filter((part) => part.length > 3)) expect(message).not.toContain(part)
  })
})

function messageOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return String(error)
  }
  throw new Error('it should have been refused')
}

describe('tokens', () => {
  test.each(vectors.issuing)('issues $name', async ({ keys, caller, audience, now, lifetime, header, claims }) => {
    const read = readTokenKeys(keys)
    const token = await issueToken(read, { caller, audience, nowSeconds: now, lifetimeSeconds: lifetime })
    expect(decodeProtectedHeader(token)).toEqual(header)
    expect(decodeJwt(token)).toEqual(claims)
    expect(await verifyToken(read, token, { audience, nowSeconds: claims.exp - 1 })).toEqual(caller)
  })

  test.each(vectors.tokens)('verifies: $name', async ({ keys, token, audience, now, caller, code }) => {
    expect(await verifyToken(readTokenKeys(keys), token, { audience, nowSeconds: now })).toEqual(code ?? caller)
  })
})
