import { base58 } from '@scure/base'
import { newKeyPair, signRequest } from '#contracts/prometheus/auth/request-signature.ts'
import { issueToken, readTokenKeys, tokenLifetimeSeconds } from '#contracts/prometheus/auth/tokens.ts'
import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import { containerName } from '#contracts/prometheus/container.ts'
import { openDatabase } from '#harness/live-kit/database.ts'
import { busyMs, exampleCoordinator, startUpMs, type ExampleCoordinator } from '../testing/example-coordinator.ts'
import { openApplication } from '../application.ts'
import { makeLogs } from '../log.ts'
import { readSettings } from '../settings.ts'
import { nodesIn } from './nodes.ts'

const oldKeys = 'old=placeholder-of-an-old-key-with-32-characters'
const newKeys = 'new=placeholder-of-a-new-key-with-32-characters'

let app: ExampleCoordinator
beforeAll(async () => {
  app = await exampleCoordinator({ processes: 2, changes: () => ({ JWT_KEYS: `${newKeys},${oldKeys}` }) })
}, startUpMs)
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(() => app.reset())

const body = '{"kind":"work"}'
const path = '/api/claims'

type Changes = Readonly<{ created?: number; nonce?: string; audience?: string; body?: string; method?: string }>

/** The Authorization header of a claim signed with a key, or of another request. */
function signatureOf(privateKey: string, changes: Changes = {}): string {
  const request = { method: changes.method ?? 'POST', path, body: new TextEncoder().encode(changes.body ?? body) }
  const signed = {
    request,
    audience: changes.audience ?? coordinatorName,
    created: changes.created ?? Math.floor(Date.now() / 1000),
    nonce: changes.nonce ?? base58.encode(crypto.getRandomValues(new Uint8Array(16))),
  }
  return `Signature ${signRequest(privateKey, signed)}`
}

/** Status and code that a process answers a claim with. */
async function claim(authorization: string | undefined, process = 0): Promise<string> {
  const reply = await fetch(`${app.urls[process]}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body,
  })
  const text = await reply.text()
  return text === ''
    ? `${reply.status}`
    : `${reply.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`
}

async function registered(): Promise<string> {
  return (await app.given.nodeRegistered({ name: 'node-x' })).private_key
}

test('a signed request counts once, at whichever process it comes again', async () => {
  const signature = signatureOf(await registered())
  expect(await claim(signature)).toBe('204')
  expect(await claim(signature, 0)).toBe('401 signature_replayed')
  expect(await claim(signature, 1)).toBe('401 signature_replayed')
})

test(
  'of the same signed request many times at once one is taken',
  async () => {
    const signature = signatureOf(await registered())
    const replies = await Promise.all(Array.from({ length: 10 }, (_, index) => claim(signature, index % 2)))
    expect(replies.filter((reply) => reply === '204')).toHaveLength(1)
    expect(replies.filter((reply) => reply === '401 signature_replayed')).toHaveLength(9)
  },
  busyMs,
)

test('a signature is used up, also where its request is refused for what it says', async () => {
  const key = await registered()
  const nonce = base58.encode(crypto.getRandomValues(new Uint8Array(16)))
  const refused = signatureOf(key, { nonce, body: '{"kind":"play"}' })
  const reply = await fetch(`${app.urls[0]}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: refused },
    body: '{"kind":"play"}',
  })
  expect(reply.status).toBe(422)
  expect(await claim(signatureOf(key, { nonce }))).toBe('401 signature_replayed')
})

test.each<[string, Changes, string]>([
  ['is made for another body', { body: '{"kind":"plan"}' }, 'signature_invalid'],
  ['is made for another method', { method: 'PUT' }, 'signature_invalid'],
  ['is made for another component', { audience: containerName }, 'signature_invalid'],
  ['is too old', { created: Math.floor(Date.now() / 1000) - 3600 }, 'signature_expired'],
  ['is too far ahead', { created: Math.floor(Date.now() / 1000) + 3600 }, 'signature_expired'],
])('a signature that %s is refused', async (_name, changes, code) => {
  expect(await claim(signatureOf(await registered(), changes))).toBe(`401 ${code}`)
})

test(
  'a signature with the key of another, of nobody or in pieces is refused',
  async () => {
    const key = await registered()
    const [, ...rest] = signatureOf(key).split('.')
    const { private_key: other } = await app.given.nodeRegistered({ name: 'node-y' })
    const [otherKey] = signatureOf(other).split('.')
    expect(await claim([otherKey, ...rest].join('.'))).toBe('401 signature_invalid')
    expect(await claim(signatureOf(newKeyPair().privateKey))).toBe('401 key_unknown')
    expect(await claim('Signature none')).toBe('401 signature_malformed')
    const { private_key: unknown } = await app.given.nodeUnknown({ name: 'node-z' })
    expect(await claim(signatureOf(unknown))).toBe('401 key_unknown')
  },
  busyMs,
)

test('a credential of another kind is no credential', async () => {
  const { token } = await app.given.callerKnown({ name: 'node-x', role: 'node' })
  expect(await claim(`Bearer ${token}`)).toBe('401 unauthorized')
  expect(await claim(undefined)).toBe('401 unauthorized')
  expect(await claim(signatureOf(await registered()).replace('Signature', 'Bearer'))).toBe('401 unauthorized')
})

test(
  'signatures are forgotten once they are over, those that are good are not',
  async () => {
    const good = signatureOf(await registered())
    await claim(good)
    await app.query(`insert into used_signatures select 'key', 'nonce' || n, now() - interval '1 second'
    from generate_series(1, 5) as n`)
    const log = makeLogs('silent').database
    const database = openDatabase(app.environment['DATABASE_URL']!, { name: 'test', log })
    expect(await nodesIn(database).forgetSignatures(3)).toBe(3)
    expect(await nodesIn(database).forgetSignatures(3)).toBe(2)
    await database.close()
    expect(await claim(good)).toBe('401 signature_replayed')
  },
  busyMs,
)

/** Status and code that an owner's token is answered with. */
async function list(token: string): Promise<string> {
  const reply = await fetch(`${app.urls[0]}/api/swarm/jobs`, { headers: { authorization: `Bearer ${token}` } })
  const { error } = (await reply.json()) as { error?: { code: string } }
  return error ? `${reply.status} ${error.code}` : `${reply.status}`
}

const caller = { name: 'ann', role: 'owner' } as const

test('tokens of all keys are good, of the one that signs and of those that it takes over from', async () => {
  const { token } = await app.given.callerKnown(caller)
  expect(await list(token)).toBe('200')
  const old = await issueToken(readTokenKeys(oldKeys), { caller, audience: coordinatorName })
  expect(await list(old)).toBe('200')
  const strange = readTokenKeys('strange=placeholder-of-no-key-that-is-known-here')
  expect(await list(await issueToken(strange, { caller, audience: coordinatorName }))).toBe('401 token_invalid')
})

test('a token that is over, for somebody else or none at all is refused with the reason', async () => {
  expect(await list((await app.given.tokenExpired(caller)).token)).toBe('401 token_expired')
  const keys = readTokenKeys(newKeys)
  expect(await list(await issueToken(keys, { caller, audience: containerName }))).toBe('401 token_invalid')
  const past = { caller, audience: coordinatorName, nowSeconds: Date.now() / 1000 - tokenLifetimeSeconds - 1 }
  expect(await list(await issueToken(keys, past))).toBe('401 token_expired')
  expect(await list('none')).toBe('401 token_malformed')
})

test('a role is not another', async () => {
  const { token } = await app.given.callerKnown({ name: 'node-x', role: 'node' })
  expect(await list(token)).toBe('403 forbidden')
})

test(
  'a node that NODE_KEYS names no more is unknown from the next start on; others stay',
  async () => {
    const pair = newKeyPair()
    const stays = await registered()
    async function startWith(nodeKeys: string): Promise<void> {
      const settings = readSettings({ ...app.environment, NODE_KEYS: nodeKeys })
      await using _application = await openApplication(settings, makeLogs('silent'))
    }
    const before = app.environment['NODE_KEYS']!
    expect(await claim(signatureOf(pair.privateKey))).toBe('401 key_unknown')
    await startWith(`${before},node-z=${pair.publicKey}`)
    expect(await claim(signatureOf(pair.privateKey))).toBe('204')
    await app.reset()
    expect(await claim(signatureOf(pair.privateKey))).toBe('204')
    await app.given.nodeRegistered({ name: 'node-x' })
    await startWith(before)
    expect(await claim(signatureOf(pair.privateKey))).toBe('401 key_unknown')
    expect(await claim(signatureOf(stays))).toBe('204')
  },
  busyMs,
)
