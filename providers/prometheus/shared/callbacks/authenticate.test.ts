import { developmentKeys } from '#contracts/prometheus/development.ts'
import { issueToken, readTokenKeys } from '#contracts/prometheus/auth/tokens.ts'
import type { CallerRole } from '#contracts/prometheus/shapes.ts'
import type { z } from 'zod'
import { containersOnly } from './authenticate.ts'

const keys = readTokenKeys(developmentKeys.tokenKeys)
const authenticate = containersOnly(keys, 'prometheus-node-worker')

async function call(role: z.output<typeof CallerRole>, audience = 'prometheus-node-worker'): Promise<unknown> {
  const value = await issueToken(keys, { caller: { name: 'somebody', role }, audience })
  return authenticate({ carrier: 'bearer', value })
}

test('a container is let in by a token for this node', async () => {
  expect(await call('container')).toEqual({ name: 'somebody', role: 'container' })
})

test('a token for another component is refused with its reason, another role as forbidden', async () => {
  await expect(call('container', 'prometheus-node-planner')).rejects.toMatchObject({
    status: 401,
    code: 'token_invalid',
  })
  await expect(call('node')).rejects.toMatchObject({ status: 403, code: 'forbidden' })
  await expect(authenticate({ carrier: 'bearer', value: 'x' })).rejects.toMatchObject({ code: 'token_malformed' })
})
