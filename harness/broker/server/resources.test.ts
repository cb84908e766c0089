import { request } from 'node:http'
import { once } from 'node:events'
import { call, deployed, ownNames, publish, verified } from '../testing/broker-api.ts'
import { testBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
beforeAll(async () => {
  broker = await testBroker()
})
afterAll(() => broker[Symbol.asyncDispose]())

test('the index has an absolute address for every relation, under the host that was asked', async () => {
  const { body } = await call(broker, '/')
  const hrefs = Object.values(body._links as Record<string, { href: string }>).map(({ href }) => href)
  expect(hrefs.length).toBeGreaterThanOrEqual(35)
  for (const href of hrefs) expect(href.startsWith(broker.url)).toBe(true)
  const other = await call(broker, broker.url.replace('127.0.0.1', 'localhost'))
  expect(other.body._links.self.href).toBe(broker.url.replace('127.0.0.1', 'localhost'))
})

test('pacticipants are made, changed, replaced and deleted', async () => {
  const { consumer: name } = ownNames()
  const path = `/pacticipants/${name}`
  const made = await call(broker, '/pacticipants', { method: 'POST', json: { name, mainBranch: 'trunk' } })
  expect(made).toMatchObject({ status: 201, body: { name, mainBranch: 'trunk' } })
  const changed = await call(broker, path, { method: 'PATCH', json: { repositoryUrl: 'https://git.example/x' } })
  expect(changed.body).toMatchObject({ mainBranch: 'trunk', repositoryUrl: 'https://git.example/x' })
  const replaced = await call(broker, path, { method: 'PUT', json: { displayName: 'Till' } })
  expect(replaced.body).toMatchObject({ displayName: 'Till' })
  expect(replaced.body.mainBranch).toBeUndefined()
  expect(await call(broker, path, { method: 'PATCH', json: { repositoryUrl: 'git@x' } })).toMatchObject({ status: 400 })
  expect((await call(broker, path, { method: 'DELETE' })).status).toBe(204)
  expect((await call(broker, path)).status).toBe(404)
})

test('the first branch called main is the main branch of a pacticipant that has none', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1', branch: 'feat/x' })
  expect((await call(broker, `/pacticipants/${consumer}`)).body.mainBranch).toBeUndefined()
  await publish(broker, { consumer, provider, version: '2', branch: 'main' })
  expect((await call(broker, `/pacticipants/${consumer}`)).body.mainBranch).toBe('main')
})

test('branches and tags are listed, found and deleted, with names of any kind', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1', branch: 'feat/50% ü', tags: ['a b'] })
  const branch = `/pacticipants/${consumer}/branches/${encodeURIComponent('feat/50% ü')}`
  expect(await call(broker, branch)).toMatchObject({ status: 200, body: { name: 'feat/50% ü' } })
  expect(await call(broker, `${branch}/latest-version`)).toMatchObject({ body: { number: '1' } })
  expect((await call(broker, `/pacticipants/${consumer}/branches`)).body._embedded.branches).toHaveLength(1)
  expect((await call(broker, branch, { method: 'DELETE' })).status).toBe(204)
  expect((await call(broker, branch)).status).toBe(404)
  const tag = `/pacticipants/${consumer}/versions/1/tags/a%20b`
  expect(await call(broker, tag)).toMatchObject({ status: 200, body: { name: 'a b' } })
  expect((await call(broker, tag, { method: 'DELETE' })).status).toBe(204)
  expect((await call(broker, tag)).status).toBe(404)
})

test('the head of a branch is its last version, also after an older one was published again or the last one deleted', async () => {
  const { consumer, provider } = ownNames()
  const latest = async (): Promise<string> =>
    (await call(broker, `/pacts/provider/${provider}/consumer/${consumer}/branch/main/latest`)).body._links[
      'pb:consumer-version'
    ].name
  await publish(broker, { consumer, provider, version: '1', branch: 'main' })
  await publish(broker, { consumer, provider, version: '2', branch: 'main' })
  await publish(broker, { consumer, provider, version: '1', branch: 'main' })
  expect(await latest()).toBe('2')
  const asked = { consumerVersionSelectors: [{ mainBranch: true }] }
  const toVerify = await call(broker, `/pacts/provider/${provider}/for-verification`, { method: 'POST', json: asked })
  expect(toVerify.body._embedded.pacts[0]._links.self.name).toContain('(2)')
  await call(broker, `/pacticipants/${consumer}/versions/2`, { method: 'DELETE' })
  expect(await latest()).toBe('1')
  const after = await call(broker, `/pacts/provider/${provider}/for-verification`, { method: 'POST', json: asked })
  expect(after.body._embedded.pacts[0]._links.self.name).toContain('(1)')
})

test('environments are made, changed and deleted; names are taken once', async () => {
  const name = `uat-${ownNames().consumer}`
  const made = await call(broker, '/environments', { method: 'POST', json: { name, production: false } })
  expect(made).toMatchObject({ status: 201, body: { name, displayName: name, production: false } })
  const path = `/environments/${made.body.uuid}`
  expect(await call(broker, '/environments', { method: 'POST', json: { name, production: true } })).toMatchObject({
    status: 400,
    body: { errors: { name: [`Another environment with name '${name}' already exists.`] } },
  })
  for (const wrong of [{ name: 'a b', production: true }, { name }, { name, production: 'yes' }])
    expect((await call(broker, path, { method: 'PUT', json: wrong })).status).toBe(400)
  expect(
    await call(broker, path, { method: 'PUT', json: { name, displayName: 'UAT', production: true } }),
  ).toMatchObject({
    status: 200,
    body: { displayName: 'UAT', production: true },
  })
  expect((await call(broker, path, { method: 'DELETE' })).status).toBe(204)
})

test('instances of one environment are apart, and a deployment can be ended and not taken up again', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1' })
  const { body } = await call(broker, `/pacticipants/${consumer}/versions/1`)
  const link = body._links['pb:record-deployment'].find(({ name }: { name: string }) => name === 'test').href
  const record = (applicationInstance?: string): ReturnType<typeof call> =>
    call(broker, link, { method: 'POST', json: { applicationInstance } })
  await record('blue')
  await record('blue')
  const green = await record('green')
  expect(green).toMatchObject({ status: 201, body: { currentlyDeployed: true, applicationInstance: 'green' } })
  const environment = link.split('/').at(-1)
  const now = `/environments/${environment}/deployed-versions/currently-deployed?pacticipant=${consumer}`
  expect((await call(broker, now)).body._embedded.deployedVersions).toHaveLength(2)
  expect((await call(broker, `${now}&applicationInstance=green`)).body._embedded.deployedVersions).toHaveLength(1)
  const path = `/deployed-versions/${green.body.uuid}`
  expect((await call(broker, path, { method: 'PATCH', json: { currentlyDeployed: true } })).status).toBe(400)
  expect(await call(broker, path, { method: 'PATCH', json: { currentlyDeployed: false } })).toMatchObject({
    body: { currentlyDeployed: false, undeployedAt: expect.any(String) },
  })
  expect((await call(broker, now)).body._embedded.deployedVersions).toHaveLength(1)
})

test('a release stays beside others until its support ends', async () => {
  const { consumer, provider } = ownNames()
  for (const version of ['1', '2']) {
    await publish(broker, { consumer, provider, version })
    await deployed(broker, { pacticipant: consumer, version, to: 'production', how: 'released' })
  }
  const { body: all } = await call(broker, '/environments')
  const production = all._embedded.environments.find(({ name }: { name: string }) => name === 'production')
  const now = `${production._links['pb:currently-supported-released-versions'].href}?pacticipant=${consumer}`
  const [last] = (await call(broker, now)).body._embedded.releasedVersions
  expect(last).toMatchObject({ currentlySupported: true, _embedded: { version: { number: '2' } } })
  await call(broker, last._links.self.href, { method: 'PATCH', json: { currentlySupported: false } })
  expect((await call(broker, now)).body._embedded.releasedVersions).toHaveLength(1)
})

test.each([
  [{ providerApplicationVersion: '1' }, 'success'],
  [{ success: 'yes', providerApplicationVersion: '1' }, 'success'],
  [{ success: true, providerApplicationVersion: ' ' }, 'providerApplicationVersion'],
  [{ success: true, providerApplicationVersion: '1', buildUrl: 'nowhere' }, 'buildUrl'],
])('the result %j is refused', async (result, field) => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1' })
  const pact = await call(broker, `/pacts/provider/${provider}/consumer/${consumer}/latest`)
  const href = pact.body._links['pb:publish-verification-results'].href
  const answer = await call(broker, href, { method: 'POST', json: result })
  expect(answer.status).toBe(400)
  expect(Object.keys(answer.body.errors)).toEqual([field])
})

test('the last results of a consumer version are told together', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1' })
  await verified(broker, { consumer, provider, of: '1', by: 'b1', success: false })
  await verified(broker, { consumer, provider, of: '1', by: 'b2' })
  const { body } = await call(broker, `/verification-results/consumer/${consumer}/version/1/latest`)
  expect(body).toMatchObject({
    success: true,
    _embedded: { verificationResults: [{ providerApplicationVersion: 'b2' }] },
  })
})

test('a badge is drawn here, also for what is not there, and holds what is in names as text', async () => {
  const badge = async (path: string): Promise<string> => {
    const { body, headers } = await call(broker, path)
    expect(headers.get('content-type')).toBe('image/svg+xml')
    return body
  }
  expect(await badge('/pacts/provider/nobody/consumer/nowhere/latest/badge.svg')).toContain('pact not found: unknown')
  expect(await badge('/pacticipants/nobody/main-branch/can-i-merge/badge')).toContain('can-i-merge: not found')
  const { provider } = ownNames()
  const consumer = '<script>"a'
  await publish(broker, { consumer, provider, version: '1', branch: 'main' }).catch(() => undefined)
  const svg = await badge(
    `/pacts/provider/${provider}/consumer/${encodeURIComponent(consumer)}/latest/badge?label=consumer`,
  )
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('&lt;script&gt;&quot;a pact: unknown')
})

test('a badge says that a pact changed since it was verified', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1' })
  await verified(broker, { consumer, provider, of: '1', by: 'b1' })
  await publish(broker, { consumer, provider, version: '2', fields: { total: 1 } })
  const { body } = await call(broker, `/pacts/provider/${provider}/consumer/${consumer}/latest/badge?initials=true`)
  expect(body).toContain(
    `${consumer
      .split('-')
      .map((word) => word[0])
      .join('')}/${provider
      .split('-')
      .map((word) => word[0])
      .join('')} pact: changed`,
  )
})

test('the heartbeat and the database are told', async () => {
  expect(await call(broker, '/diagnostic/status/heartbeat')).toMatchObject({ status: 200, body: { ok: true } })
  expect(await call(broker, '/diagnostic/status/dependencies')).toMatchObject({
    status: 200,
    body: { database: { ok: true } },
  })
})

test('without credentials only requests that name this machine are answered', async () => {
  const elsewhere = request({ port: broker.port, host: '127.0.0.1', headers: { host: 'evil.example' } }).end()
  const [response] = (await once(elsewhere, 'response')) as [{ statusCode: number; resume: () => void }]
  response.resume()
  expect(response.statusCode).toBe(403)
})

test.each([
  [{ kind: 'token', token: 't0ken' }, 'Bearer t0ken', 'Bearer other'],
  [{ kind: 'basic', username: 'ann', password: 's3cret' }, `Basic ${btoa('ann:s3cret')}`, `Basic ${btoa('ann:other')}`],
] as const)('a broker with credentials (%j) answers nobody without them', async (auth, right, wrong) => {
  await using guarded = await testBroker({ auth })
  for (const path of ['/', '/ui', '/diagnostic/status/heartbeat', '/pacts/provider/a/consumer/b/latest/badge.svg']) {
    expect((await call(guarded, path)).status).toBe(401)
    expect((await call(guarded, path, { headers: { authorization: wrong } })).status).toBe(401)
  }
  expect((await call(guarded, '/', { headers: { authorization: right } })).status).toBe(200)
})

test('a body without a length is taken, and one that is too large is not', async () => {
  const { consumer: name } = ownNames()
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(JSON.stringify({ name })))
      controller.close()
    },
  })
  const init = { method: 'POST', body: stream, duplex: 'half' } as RequestInit
  expect((await call(broker, '/pacticipants', init)).status).toBe(201)
  const large = await call(broker, '/pacticipants', { method: 'POST', body: 'x'.repeat(50 * 1024 * 1024 + 1) }).catch(
    () => ({ status: 413 }),
  )
  expect(large.status).toBe(413)
})
