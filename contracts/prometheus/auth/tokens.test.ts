import { coordinatorEnvironment } from '../environment.ts'
import { issueToken, readTokenKeys, tokenLifetimeSeconds, verifyToken, type Caller } from './tokens.ts'

const older = 'older=0123456789abcdef0123456789abcdef'
const newer = 'newer=fedcba9876543210fedcba9876543210'
const audience = 'prometheus-container'
const caller: Caller = { name: 'node-planner', role: 'node' }

test('a key is rotated without a token being refused: first all verify with it, then it signs, then the old one goes', async () => {
  const token = await issueToken(readTokenKeys(older), { caller, audience })
  for (const keys of [older, `${older},${newer}`, `${newer},${older}`])
    expect(await verifyToken(readTokenKeys(keys), token, { audience })).toEqual(caller)
  expect(await verifyToken(readTokenKeys(newer), token, { audience })).toBe('token_invalid')
  const next = await issueToken(readTokenKeys(`${newer},${older}`), { caller, audience })
  expect(await verifyToken(readTokenKeys(newer), next, { audience })).toEqual(caller)
})

test('a token is good for its lifetime and not a second longer', async () => {
  const keys = readTokenKeys(older)
  const token = await issueToken(keys, { caller, audience, nowSeconds: 1000 })
  const last = 1000 + tokenLifetimeSeconds - 1
  expect(await verifyToken(keys, token, { audience, nowSeconds: last })).toEqual(caller)
  expect(await verifyToken(keys, token, { audience, nowSeconds: last + 1 })).toBe('token_expired')
})

test('without a key there is nothing to sign with', async () => {
  await expect(issueToken([], { caller, audience })).rejects.toThrow('there is no key to sign with')
})

test.each([
  [older, true],
  [`${newer}, ${older}`, true],
  ['a.b=0123456789abcdef0123456789abcdef', false],
  ['a b=0123456789abcdef0123456789abcdef', false],
  ['a=short', false],
  [`${older},`, false],
])('the environment takes keys as they are read: %s', (text, isGood) => {
  expect(coordinatorEnvironment.JWT_KEYS.safeParse(text).success).toBe(isGood)
  if (isGood) expect(readTokenKeys(text).length).toBeGreaterThan(0)
  else expect(() => readTokenKeys(text)).toThrow(TypeError)
})
