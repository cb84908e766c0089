import { call, ownNames, publishing } from '../testing/broker-api.ts'
import { shopPact } from '../testing/shop-pact.ts'
import { testBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
beforeAll(async () => {
  broker = await testBroker()
})
afterAll(() => broker[Symbol.asyncDispose]())

const post = (json: unknown): ReturnType<typeof call> => call(broker, '/contracts/publish', { method: 'POST', json })

test('publishing answers with notices, links of the host that was asked, and the pact is there with ids', async () => {
  const { consumer, provider } = ownNames()
  const body = publishing(consumer, '1.0.0+abc', {
    pacts: [shopPact(consumer, { id: 7 }, { provider })],
    branch: 'feat/x',
    tags: ['dev'],
  })
  const published = await post({ ...body, buildUrl: 'https://ci.example/1' })
  expect(published.status).toBe(200)
  expect(published.headers.get('content-type')).toBe('application/hal+json;charset=utf-8')
  expect(published.headers.get('x-pact-broker-version')).toBe('2.120')
  expect(published.body.notices).toContainEqual({
    type: 'success',
    text: `Pact successfully published for ${consumer} version 1.0.0+abc and provider ${provider}.`,
  })
  const [contract] = published.body._links['pb:contracts']
  expect(contract.href).toBe(`${broker.url}/pacts/provider/${provider}/consumer/${consumer}/version/1.0.0%2Babc`)
  const pact = await call(broker, contract.href)
  expect(pact.body.interactions).toMatchObject([
    { _id: expect.stringMatching(/^[0-9a-f]{40}$/), description: 'reads an order' },
  ])
  const version = await call(broker, published.body._links['pb:pacticipant-version'].href)
  expect(version.body).toMatchObject({
    buildUrl: 'https://ci.example/1',
    _embedded: { branchVersions: [{ name: 'feat/x', latest: true }], tags: [{ name: 'dev' }] },
  })
})

test('a version may be published again with the same content, in whatever order, and never with another one', async () => {
  const { consumer, provider } = ownNames()
  const pact = shopPact(consumer, { id: 7 }, { provider }) as { interactions: readonly object[] }
  const second = { ...pact.interactions[0], description: 'reads it again' }
  await post(publishing(consumer, '1', { pacts: [{ ...pact, interactions: [...pact.interactions, second] } as never] }))
  const reordered = {
    ...pact,
    interactions: [second, ...pact.interactions],
    metadata: { ...(pact['metadata' as never] as object), tool: 'x' },
  }
  expect(await post(publishing(consumer, '1', { pacts: [reordered as never] }))).toMatchObject({ status: 200 })
  const changed = await post(publishing(consumer, '1', { pacts: [shopPact(consumer, { id: 8 }, { provider })] }))
  expect(changed).toMatchObject({ status: 409, body: { notices: [{ type: 'error' }] } })
  expect(changed.body.errors.contracts[0]).toContain(`Cannot change the content of the pact for ${consumer} version 1`)
  expect(changed.body.errors.contracts[0]).toContain('- reads it again')
  expect(changed.body.errors.contracts[0]).toContain('$.response.body.content.id: 7 -> 8')
})

test('where one pact of a request is refused none of it is kept', async () => {
  const { consumer, provider } = ownNames()
  await post(publishing(consumer, '1', { pacts: [shopPact(consumer, { id: 7 }, { provider })] }))
  const other = `${provider}-other`
  const both = [shopPact(consumer, { id: 7 }, { provider: other }), shopPact(consumer, { id: 8 }, { provider })]
  expect((await post(publishing(consumer, '1', { pacts: both }))).status).toBe(409)
  expect((await call(broker, `/pacticipants/${other}`)).status).toBe(404)
})

test('parts of one pact in one request are put together', async () => {
  const { consumer, provider } = ownNames()
  const pact = shopPact(consumer, { id: 7 }, { provider }) as { interactions: readonly object[] }
  const part = { ...pact, interactions: [{ ...pact.interactions[0], description: 'reads it again' }] }
  expect((await post(publishing(consumer, '1', { pacts: [pact as never, part as never] }))).status).toBe(200)
  const { body } = await call(broker, `/pacts/provider/${provider}/consumer/${consumer}/latest`)
  expect(body.interactions).toHaveLength(2)
})

test('a pact that is sent to its address is 201 when it is new, 200 when it is the same, 409 when it differs', async () => {
  const { consumer, provider } = ownNames()
  const put = (fields: object): ReturnType<typeof call> =>
    call(broker, `/pacts/provider/${provider}/consumer/${consumer}/version/1`, {
      method: 'PUT',
      json: shopPact(consumer, fields as never, { provider }),
    })
  expect((await put({ id: 7 })).status).toBe(201)
  expect((await put({ id: 7 })).status).toBe(200)
  expect((await put({ id: 8 })).status).toBe(409)
})

test.each([
  ['no pacticipant', { pacticipantName: ' ' }, { pacticipantName: ['cannot be blank'] }],
  [
    'a version of two lines',
    { pacticipantVersionNumber: '1\n2' },
    { pacticipantVersionNumber: ['cannot contain a new line character'] },
  ],
  ['no contracts', { contracts: undefined }, { contracts: ['is missing'] }],
  [
    'a build that is nowhere',
    { buildUrl: 'javascript:1' },
    { buildUrl: ['is not a valid URL eg. http://example.org'] },
  ],
  [
    'another consumer',
    { pacticipantName: 'somebody' },
    {
      'contracts.0.consumerName': [
        expect.stringContaining('does not match'),
        expect.stringContaining('in pact content'),
      ],
    },
  ],
])('%s is refused by field', async (_what, change, errors) => {
  const body = publishing('till', '1', { pacts: [shopPact('till', { id: 7 })] })
  expect(await post({ ...body, ...change })).toMatchObject({ status: 400, body: { errors } })
})

test.each([
  ['no base64', '%%%', 'does not appear to be Base64 encoded'],
  ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('base64'), 'contains a character that is no UTF-8'],
  [
    'no JSON',
    Buffer.from('pact').toString('base64'),
    'could not be parsed as application/json: a pact is a JSON object',
  ],
])('a content that is %s is refused', async (_what, content, message) => {
  const body = publishing('till', '1', { pacts: [shopPact('till', { id: 7 })] })
  const contracts = body.contracts.map((contract) => ({ ...contract, content }))
  expect(await post({ ...body, contracts })).toMatchObject({
    status: 400,
    body: { errors: { 'contracts.0.content': [message] } },
  })
})

test('a body that is no JSON is refused, and what is not there is 404 in the shape of the Pact Broker', async () => {
  expect(await call(broker, '/contracts/publish', { method: 'POST', body: '{' })).toMatchObject({ status: 400 })
  const missing = { status: 404, body: { error: 'The requested document was not found on this server.' } }
  for (const path of [
    '/nowhere',
    '/pacticipants/nobody',
    '/environments/none',
    '/webhooks/none',
    '/deployed-versions/none',
  ])
    expect(await call(broker, path)).toMatchObject(missing)
})

test('two jobs that publish one version at once: the same content goes through, another one does not', async () => {
  const { consumer, provider } = ownNames()
  const send = (fields: object): ReturnType<typeof call> =>
    post(publishing(consumer, '1', { pacts: [shopPact(consumer, fields as never, { provider })] }))
  const same = await Promise.all([send({ id: 7 }), send({ id: 7 }), send({ id: 7 })])
  expect(same.map(({ status }) => status)).toEqual([200, 200, 200])
  const other = ownNames()
  const race = (id: number): ReturnType<typeof call> =>
    post(publishing(other.consumer, '1', { pacts: [shopPact(other.consumer, { id }, { provider: other.provider })] }))
  const statuses = (await Promise.all([race(1), race(2)])).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200, 409]))
})

test('what changed since the version before is told as text', async () => {
  const { consumer, provider } = ownNames()
  for (const [version, fields] of [
    ['1', { id: 7 }],
    ['2', { id: 7 }],
    ['3', { id: 7, total: 1 }],
  ] as const)
    await post(publishing(consumer, version, { pacts: [shopPact(consumer, fields, { provider })] }))
  const diff = `/pacts/provider/${provider}/consumer/${consumer}/version/3/diff/previous-distinct`
  const { body } = await call(broker, diff)
  expect(body).toContain('# Diff between versions 2 -> 3')
  expect(body).toContain('$.response.body.content.total: (nothing) -> 1')
  expect((await call(broker, diff.replace('/3/', '/2/'))).status).toBe(404)
})
