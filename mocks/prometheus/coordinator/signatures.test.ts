import { newKeyPair, signRequest } from '#contracts/prometheus/auth/request-signature.ts'
import { makeNodes } from './nodes.ts'
import { makeSignatures } from './signatures.ts'

const audience = 'prometheus-coordinator'
const pair = newKeyPair()
const nodes = makeNodes(`planner=${pair.publicKey}`, [])
const request = { method: 'POST', path: '/api/claims', body: new Uint8Array() }
const created = 1_767_225_600

function signed(nonce: string): { carrier: 'signature'; value: string; request: typeof request } {
  const value = signRequest(pair.privateKey, { request, audience, created, nonce })
  return { carrier: 'signature', value, request }
}

const refusedWith = (code: string): Error => expect.objectContaining({ status: 401, code }) as Error

test('a signature is good for 60 seconds, once', () => {
  let now = (created + 60) * 1000
  const signatures = makeSignatures({ nodes, audience, now: () => now })
  const [first, second] = [signed('1'.repeat(20)), signed('2'.repeat(20))]
  expect(signatures.authenticate(first)).toEqual({ name: 'planner', publicKey: pair.publicKey })
  expect(() => signatures.authenticate(first)).toThrow(refusedWith('signature_replayed'))
  expect(signatures.authenticate(second).name).toBe('planner')
  now += 1000
  expect(() => signatures.authenticate(first)).toThrow(refusedWith('signature_expired'))
})

test('a signature that was made in the future is remembered as long as it is good', () => {
  let now = (created - 60) * 1000
  const signatures = makeSignatures({ nodes, audience, now: () => now })
  const early = signed('3'.repeat(20))
  signatures.authenticate(early)
  now = (created + 60) * 1000
  expect(() => signatures.authenticate(early)).toThrow(refusedWith('signature_replayed'))
})
