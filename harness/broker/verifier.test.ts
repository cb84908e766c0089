import { Verifier } from '@pact-foundation/pact'
import { call, publish } from './testing/broker-api.ts'
import { shopBackend, type ShopBackend } from './testing/shop-pact.ts'
import { testBroker, type TestBroker } from './testing/test-broker.ts'
import { verifyFromBroker } from './testing/verify-from-broker.ts'

let broker: TestBroker
let backend: ShopBackend
beforeAll(async () => {
  broker = await testBroker()
  backend = await shopBackend({ id: 7 })
})
afterAll(async () => {
  await backend[Symbol.asyncDispose]()
  await broker[Symbol.asyncDispose]()
})

test('tags of a provider version are published with its result', async () => {
  await publish(broker, { version: 't1', tags: ['dev'] })
  const selectors = [{ tag: 'dev', latest: true }]
  const verified = await verifyFromBroker(broker, backend, {
    version: 'b1',
    tags: ['prod'],
    selectors,
    enablePending: true,
  })
  expect(verified).toMatchObject({ passed: true, output: expect.stringContaining("with tag 'prod'") })
  expect((await call(broker, '/pacticipants/shop-backend/versions/b1/tags/prod')).status).toBe(200)
})

test('a pact is verified by its own address, as webhooks name it', async () => {
  await publish(broker, { version: 't2', branch: 'main', fields: { id: 7, total: 1 } })
  const pact = await call(broker, '/pacts/provider/shop-backend/consumer/till/branch/main/latest')
  const verifier = new Verifier({
    provider: 'shop-backend',
    providerBaseUrl: backend.url,
    pactUrls: [pact.body._links['pb:pact-version'].href],
    publishVerificationResult: true,
    providerVersion: 'b2',
    providerVersionBranch: 'main',
    stateHandlers: { orderExists: () => Promise.resolve() },
    logLevel: 'error',
  })
  await expect(verifier.verifyProvider()).rejects.toThrow('total')
  const result = await call(broker, pact.body._links['pb:latest-verification-results'].href)
  expect(result.body).toMatchObject({
    success: false,
    providerApplicationVersion: 'b2',
    testResults: [{ success: false, mismatches: [{ attribute: 'body', identifier: '$' }] }],
  })
})

test('a provider that nobody has a pact with fails, as with the Pact Broker', async () => {
  const verified = await verifyFromBroker(broker, backend, {
    version: 'b1',
    provider: 'nobody',
    selectors: [{ latest: true }],
  })
  expect(verified).toMatchObject({
    passed: false,
    output: expect.stringContaining("No pacts found for provider 'nobody'"),
  })
})
