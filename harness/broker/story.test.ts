import { brokerCli, type CliEnded } from './testing/broker-cli.ts'
import { publishWithCli } from './testing/publish-with-cli.ts'
import { shopBackend, shopPact, type ShopBackend } from './testing/shop-pact.ts'
import { testBroker, type TestBroker } from './testing/test-broker.ts'
import { verifyFromBroker, type VerifiedFromBroker } from './testing/verify-from-broker.ts'
import { webhookReceiver, type WebhookReceiver } from './testing/webhook-receiver.ts'
import { defaultSettings } from './server/settings.ts'

// One story, told in order with the official clients alone: pact-cli and pact-js's Verifier.
let broker: TestBroker
let backend: ShopBackend
let receiver: WebhookReceiver

beforeAll(async () => {
  const webhooks = { ...defaultSettings.webhooks, schemes: ['http'], hosts: ['127.0.0.1'] }
  broker = await testBroker({ webhooks })
  backend = await shopBackend({ id: 7, total: 12.5 })
  receiver = await webhookReceiver()
})

afterAll(async () => {
  await receiver[Symbol.asyncDispose]()
  await backend[Symbol.asyncDispose]()
  await broker[Symbol.asyncDispose]()
})

const mayDeploy = (pacticipant: string, version: string, environment: string): Promise<CliEnded> =>
  brokerCli(broker, [
    'can-i-deploy',
    '--pacticipant',
    pacticipant,
    '--version',
    version,
    '--to-environment',
    environment,
  ])

async function recordDeployment(pacticipant: string, version: string, environment: string): Promise<void> {
  const named = ['--pacticipant', pacticipant, '--version', version, '--environment', environment]
  const { code, output } = await brokerCli(broker, ['record-deployment', ...named])
  expect({ code, output }).toMatchObject({ code: 0 })
}

async function badge(path: string): Promise<string> {
  const reply = await fetch(`${broker.url}${path}`, { redirect: 'error' })
  expect(reply.headers.get('content-type')).toBe('image/svg+xml')
  return /<title>(.*?)<\/title>/.exec(await reply.text())?.[1] ?? ''
}

const verify = (
  version: string,
  options: Partial<Parameters<typeof verifyFromBroker>[2]>,
): Promise<VerifiedFromBroker> =>
  verifyFromBroker(broker, backend, { version, branch: 'main', selectors: [], ...options })

const pactBadge = '/pacts/provider/shop-backend/consumer/till/branch/main/latest/badge.svg'
const deployBadge = '/pacticipants/till/branches/main/latest-version/can-i-deploy/to-environment/production/badge'

test('a consumer publishes from two branches, and nobody has verified anything yet', async () => {
  const main = await publishWithCli(
    broker,
    [shopPact('till', { id: 7, total: 12.5 })],
    ['-a', 't1', '--branch', 'main'],
  )
  expect(main).toMatchObject({ code: 0, output: expect.stringContaining('successfully published for till version t1') })
  const feature = [shopPact('till', { id: 7, total: 12.5, currency: 'EUR' })]
  expect(await publishWithCli(broker, feature, ['-a', 't2', '--branch', 'feat/currency'])).toMatchObject({ code: 0 })
  expect(await mayDeploy('till', 't1', 'production')).toMatchObject({
    code: 1,
    output: expect.stringContaining('There is no verified pact between version t1 of till'),
  })
  expect(await badge(pactBadge)).toBe('till/shop-backend pact: unknown')
})

test('a webhook waits for results', async () => {
  const body = '{"state":"${pactbroker.githubVerificationStatus}","version":"${pactbroker.providerVersionNumber}"}'
  const url = `${receiver.url}/builds?of=\${pactbroker.consumerName}`
  const edge = ['--consumer', 'till', '--provider', 'shop-backend']
  const event = '--provider-verification-published'
  const created = await brokerCli(broker, ['create-webhook', url, '--request', 'POST', '--data', body, ...edge, event])
  expect(created).toMatchObject({ code: 0, output: expect.stringContaining('uuid') })
})

test('the provider verifies the main branch, the result is there, and the badges and the webhook say so', async () => {
  expect(await verify('b1', { selectors: [{ mainBranch: true }] })).toMatchObject({ passed: true })
  await broker.webhooksDone()
  expect(receiver.received).toMatchObject([
    { path: '/builds?of=till', body: JSON.stringify({ state: 'success', version: 'b1' }) },
  ])
  expect(await badge(pactBadge)).toBe('till/shop-backend pact: verified')
  expect(await badge(deployBadge)).toBe('can-i-deploy: main to production unknown')
})

test('both are deployed to test and production, the provider first', async () => {
  for (const environment of ['test', 'production']) {
    expect(await mayDeploy('shop-backend', 'b1', environment)).toMatchObject({ code: 0 })
    await recordDeployment('shop-backend', 'b1', environment)
    expect(await mayDeploy('till', 't1', environment)).toMatchObject({
      code: 0,
      output: expect.stringContaining('All required verification results are published and successful'),
    })
    await recordDeployment('till', 't1', environment)
  }
  expect(await badge(deployBadge)).toBe('can-i-deploy: main to production')
})

test('a provider that breaks a deployed consumer fails to verify, and is refused with the reason', async () => {
  backend.order = { id: 7, amount: 12.5 }
  const verified = await verify('b2', { branch: 'rename-total', selectors: [{ deployedOrReleased: true }] })
  expect(verified).toMatchObject({ passed: false, output: expect.stringContaining('total') })
  const refused = await mayDeploy('shop-backend', 'b2', 'production')
  expect(refused.code).toBe(1)
  expect(refused.output).toContain(
    'The verification for the pact between the version of till currently in production (t1) and version b2 of shop-backend failed',
  )
  expect(await badge(pactBadge)).toBe('till/shop-backend pact: failed')
  await broker.webhooksDone()
  expect(receiver.received.at(-1)?.body).toBe(JSON.stringify({ state: 'failure', version: 'b2' }))
})

test('a pending pact does not break the provider, and yet may not be deployed', async () => {
  backend.order = { id: 7, total: 12.5 }
  const selectors = [{ mainBranch: true as const }, { branch: 'feat/currency' }]
  const verified = await verify('b3', { selectors, enablePending: true })
  expect(verified).toMatchObject({ passed: true, output: expect.stringContaining('"pendingErrors":[{') })
  expect(verified.output).toContain('This pact is in pending state for this version of shop-backend')
  const matrix = await (await fetch(`${broker.url}/matrix?q[][pacticipant]=till&q[][version]=t2&latestby=cvp`)).json()
  expect(matrix).toMatchObject({
    summary: { deployable: false, failed: 1 },
    matrix: [{ provider: { version: { number: 'b3' } } }],
  })
  expect(await mayDeploy('till', 't2', 'production')).toMatchObject({ code: 1 })
})

test('work in progress is verified without being asked for, until it succeeds', async () => {
  const asked = { selectors: [{ mainBranch: true as const }], enablePending: true, includeWipPactsSince: '2020-01-01' }
  const before = await verify('b4', asked)
  expect(before).toMatchObject({ passed: true, output: expect.stringContaining("'work in progress' pact") })
  backend.order = { id: 7, total: 12.5, currency: 'EUR' }
  expect(await verify('b5', { selectors: [{ branch: 'feat/currency' }], enablePending: true })).toMatchObject({
    passed: true,
  })
  expect((await verify('b6', asked)).output).not.toContain('work in progress')
})

test('once verified it is no longer pending, and a failure counts', async () => {
  backend.order = { id: 7, total: 12.5 }
  const verified = await verify('b7', { selectors: [{ branch: 'feat/currency' }], enablePending: true })
  expect(verified.passed).toBe(false)
  expect(verified.output).toContain('This pact has previously been successfully verified by a version of shop-backend')
})
