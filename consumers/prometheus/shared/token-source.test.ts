import { readTokenKeys, tokenLifetimeSeconds, verifyToken } from '#contracts/prometheus/auth/tokens.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { tokenSource } from './token-source.ts'

const keys = developmentKeys.tokenKeys
const caller = { name: 'node-planner', role: 'node' } as const
const start = Date.UTC(2026, 0, 2)

test('gives tokens that say who calls whom', async () => {
  const token = await tokenSource({ keys, caller, audience: 'somebody' })()
  expect(await verifyToken(readTokenKeys(keys), token, { audience: 'somebody' })).toEqual(caller)
  expect(await verifyToken(readTokenKeys(keys), token, { audience: 'somebody-else' })).toBe('token_invalid')
})

test('gives the same token until shortly before it is over, and a good one at any time', async () => {
  let now = start
  const token = tokenSource({ keys, caller, audience: 'somebody', now: () => now })
  const first = await token()
  now = start + (tokenLifetimeSeconds * 1000) / 2
  expect(await token()).toBe(first)
  now = start + tokenLifetimeSeconds * 1000 - 10_000
  const second = await token()
  expect(second).not.toBe(first)
  const nowSeconds = now / 1000 + 60
  expect(await verifyToken(readTokenKeys(keys), second, { audience: 'somebody', nowSeconds })).toEqual(caller)
})

test('is refused keys that cannot be read, at once', () => {
  expect(() => tokenSource({ keys: 'short=secret', caller, audience: 'somebody' })).toThrow(TypeError)
})
