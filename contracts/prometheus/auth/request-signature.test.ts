import { readFileSync } from 'node:fs'
import type { RequestToSign } from '#harness/contract/security.ts'
import type { Vectors } from './testing/vectors.ts'
import { newKeyPair, publicKeyOf, signedRequests, signRequest, verifyRequest } from './request-signature.ts'

const vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')) as Vectors
const request: RequestToSign = {
  method: 'POST',
  path: '/api/claims',
  body: new TextEncoder().encode('{"kind":"work"}'),
}
const audience = 'prometheus-coordinator'

test('a request is verified with the public half of the key that signed it', () => {
  const { privateKey, publicKey } = newKeyPair()
  const credential = signedRequests(audience).sign(privateKey, request)
  const verified = verifyRequest(credential, { request, audience, nowSeconds: Date.now() / 1000 })
  expect(verified).toMatchObject({ publicKey })
  expect(publicKeyOf(privateKey)).toBe(publicKey)
  expect(credential).not.toContain(privateKey)
})

test('two requests that are the same have different signatures, so that a second one can be told from a first', () => {
  const { privateKey } = newKeyPair()
  const { sign } = signedRequests(audience)
  const nonces = [sign(privateKey, request), sign(privateKey, request)].map((credential) => credential.split('.')[2])
  expect(nonces[0]).not.toBe(nonces[1])
})

test('a signature verifies each time: whoever verifies remembers the nonce', () => {
  const { header } = vectors.signing[0]!
  const { created, nonce } = vectors.signing[0]!
  const credential = header.replace('Signature ', '')
  for (const nowSeconds of [created, created, created + 60])
    expect(verifyRequest(credential, { request, audience, nowSeconds })).toMatchObject({ nonce, created })
})

test.each([
  ['nothing', ''],
  ['letters that base58 has not', 'not-a-key-0OIl-not-a-key-0OIl-not-a-key-0'],
  ['too few bytes', 'abcdefghijkmnopqrstuvwxyzABCDEFGH'],
  ['too many bytes', 'z'.repeat(44)],
])('a private key of %s is refused, and nothing of it repeated', (_what, key) => {
  for (const use of [
    () => publicKeyOf(key),
    () => signRequest(key, { request, audience, created: 1, nonce: 'x' }),
    () => signedRequests(audience).sign(key, request),
  ])
    expect(use).toThrow(new TypeError('a private key has to be 32 bytes in base58.'))
})
