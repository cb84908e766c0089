import { call, ownNames, publish, verified } from '../testing/broker-api.ts'
import { testBroker, type TestBroker } from '../testing/test-broker.ts'
import { webhookReceiver, type WebhookReceiver } from '../testing/webhook-receiver.ts'

let broker: TestBroker
let strict: TestBroker
let receiver: WebhookReceiver
beforeAll(async () => {
  const rules = { schemes: ['http'], hosts: ['127.0.0.0/8'], methods: ['POST'], retryAfterMs: [1, 1] }
  broker = await testBroker({ webhooks: rules })
  strict = await testBroker()
  receiver = await webhookReceiver()
})
afterAll(async () => {
  await receiver[Symbol.asyncDispose]()
  await strict[Symbol.asyncDispose]()
  await broker[Symbol.asyncDispose]()
})
beforeEach(() => {
  receiver.received.length = 0
  receiver.status = 200
})

const create = (change: object, at: TestBroker = broker): ReturnType<typeof call> =>
  call(at, '/webhooks', {
    method: 'POST',
    json: {
      events: [{ name: 'contract_published' }],
      request: { method: 'POST', url: `${receiver.url}/hook` },
      ...change,
    },
  })

test.each([
  ['http', { method: 'POST', url: 'http://ci.example/hook' }, 'request.url', 'scheme must be https'],
  [
    'a host that is not whitelisted',
    { method: 'POST', url: 'https://ci.example/hook' },
    'request.url',
    'host must be in the whitelist',
  ],
  [
    'a host made of variables',
    { method: 'POST', url: 'https://${pactbroker.consumerName}/' },
    'request.url',
    'cannot have a template parameter',
  ],
  ['no URL', { method: 'POST', url: 'ci' }, 'request.url', 'is not a valid URL'],
  ['another method', { method: 'DELETE', url: 'https://ci.example/hook' }, 'request.method', 'must be POST'],
])('%s is refused', async (_what, request, field, message) => {
  const { status, body } = await create({ request }, strict)
  expect(status).toBe(400)
  expect(body.errors[field][0]).toContain(message)
})

test.each([
  ['no event', { events: [] }, 'events'],
  ['an event that there is not', { events: [{ name: 'pact_eaten' }] }, 'events.0.name'],
  ['a consumer that there is not', { consumer: { name: 'nobody' } }, 'consumer.name'],
  ['a party with name and label', { provider: { name: 'a', label: 'b' } }, 'provider'],
])('%s is refused', async (_what, change, field) => {
  const { status, body } = await create(change)
  expect(status).toBe(400)
  expect(Object.keys(body.errors)).toEqual([field])
})

test('a webhook is called for the events and the parties that it is for, with what the variables stand for', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '0', branch: 'feat "x"' })
  const body = { text: '${pactbroker.eventName} ${pactbroker.consumerVersionBranch} ${pactbroker.nothing}' }
  const url = `${receiver.url}/\${pactbroker.consumerVersionNumber}?state=\${pactbroker.githubVerificationStatus}`
  const events = ['contract_content_changed', 'provider_verification_failed'].map((name) => ({ name }))
  await create({
    consumer: { name: consumer },
    events,
    request: { method: 'post', url, body, headers: { 'X-Own': 'yes' } },
  })
  await publish(broker, { consumer, provider, version: '1', branch: 'feat "x"' })
  await publish(broker, { consumer: `${consumer}-2`, provider, version: '1', fields: { other: 1 } })
  await broker.webhooksDone()
  expect(receiver.received).toEqual([])
  await publish(broker, { consumer, provider, version: '2 ü', branch: 'feat "x"', fields: { id: 7, total: 1 } })
  await verified(broker, { consumer, provider, of: encodeURIComponent('2 ü'), by: 'b1', success: false })
  await broker.webhooksDone()
  expect(receiver.received.map(({ path }) => path)).toEqual(['/2%20%C3%BC?state=pending', '/2%20%C3%BC?state=failure'])
  const [first] = receiver.received
  expect(JSON.parse(first?.body ?? '')).toEqual({ text: 'contract_content_changed feat "x" ${pactbroker.nothing}' })
  expect(first?.headers).toMatchObject({ 'x-own': 'yes', 'content-type': 'application/json' })
})

test('a pact that the main branch or a deployed version of the provider has not verified asks for it, by version', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '0' })
  await verified(broker, { consumer, provider, of: '0', by: 'b1', branch: 'main' })
  const events = [{ name: 'contract_requiring_verification_published' }]
  const body =
    '${pactbroker.providerVersionNumber} ${pactbroker.providerVersionBranch} ${pactbroker.providerVersionDescriptions}'
  await create({ provider: { name: provider }, events, request: { method: 'POST', url: receiver.url, body } })
  await publish(broker, { consumer, provider, version: '1' })
  await publish(broker, { consumer, provider, version: '2', fields: { id: 7, total: 1 } })
  await broker.webhooksDone()
  expect(receiver.received.map((one) => one.body)).toEqual(['b1 main latest from main branch'])
})

test('a call that fails is tried again, and its log holds no secret', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '0' })
  receiver.status = 500
  const request = { method: 'POST', url: receiver.url, headers: { Authorization: 'Bearer s3cret' } }
  const { body: webhook } = await create({ consumer: { name: consumer }, request })
  expect(webhook.request.headers).toEqual({ Authorization: '**********' })
  await publish(broker, { consumer, provider, version: '1' })
  await broker.webhooksDone()
  expect(receiver.received).toHaveLength(3)
  expect(receiver.received[0]?.headers).toMatchObject({ authorization: 'Bearer s3cret' })
  const runs = await call(broker, `/webhooks/${webhook.uuid}/runs`)
  const [run] = runs.body._embedded.triggeredWebhooks
  expect(run).toMatchObject({ name: 'contract_published', status: 'failure' })
  const log = (await call(broker, run._links.logs.href)).body
  expect(log.match(/answered with 500/g)).toHaveLength(3)
  expect(log).not.toContain('s3cret')
})

test('a webhook is read, changed, tried out and deleted', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1' })
  const made = await create({ consumer: { name: consumer }, description: 'first' })
  expect(made).toMatchObject({ status: 201, body: { description: 'first', enabled: true } })
  const path = `/webhooks/${made.body.uuid}`
  const request = { method: 'POST', url: `${receiver.url}/now`, username: 'ann', password: 's3cret' }
  const changed = await call(broker, path, {
    method: 'PUT',
    json: { ...made.body, request, description: 'second', enabled: false },
  })
  expect(changed).toMatchObject({
    status: 200,
    body: { description: 'second', enabled: false, request: { password: '**********' } },
  })
  const again = await call(broker, path, { method: 'PUT', json: changed.body })
  expect(again.status).toBe(200)
  await publish(broker, { consumer, provider, version: '2' })
  await broker.webhooksDone()
  expect(receiver.received).toEqual([])
  expect(await call(broker, `${path}/execute`, { method: 'POST', json: {} })).toMatchObject({
    status: 200,
    body: { success: true },
  })
  expect(receiver.received).toMatchObject([{ path: '/now', headers: { authorization: `Basic ${btoa('ann:s3cret')}` } }])
  expect((await call(broker, path, { method: 'DELETE' })).status).toBe(204)
  expect((await call(broker, path)).status).toBe(404)
})

test('labels stand for all pacticipants that have them', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1' })
  const label = `team-${consumer}`
  await call(broker, `/pacticipants/${provider}/labels/${label}`, { method: 'PUT', json: {} })
  await create({
    provider: { label },
    request: { method: 'POST', url: receiver.url, body: '${pactbroker.providerLabels}' },
  })
  await publish(broker, { consumer, provider, version: '2' })
  await publish(broker, { consumer, provider: `${provider}-2`, version: '2' })
  await broker.webhooksDone()
  expect(receiver.received.map(({ body }) => body)).toEqual([label])
})
