import { call, deployed, ownNames, publish, verified } from '../testing/broker-api.ts'
import { testBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
beforeAll(async () => {
  broker = await testBroker()
})
afterAll(() => broker[Symbol.asyncDispose]())

type Selected = Readonly<{
  description: string
  pending: boolean | undefined
  wip: boolean | undefined
  notices: string
}>

async function toVerify(provider: string, request: object): Promise<readonly Selected[]> {
  const { body } = await call(broker, `/pacts/provider/${provider}/for-verification`, { method: 'POST', json: request })
  const pacts = body._embedded.pacts as readonly {
    shortDescription: string
    verificationProperties: { pending?: boolean; wip?: boolean; notices: readonly { text: string }[] }
  }[]
  return pacts.map(({ shortDescription, verificationProperties: { pending, wip, notices } }) => ({
    description: shortDescription,
    pending,
    wip,
    notices: notices.map(({ text }) => text).join('\n'),
  }))
}

const descriptions = async (provider: string, ...selectors: readonly object[]): Promise<readonly string[]> =>
  (await toVerify(provider, { consumerVersionSelectors: selectors, providerVersionBranch: 'feat/x' })).map(
    (one) => one.description,
  )

test('each selector finds what it says', async () => {
  const { consumer, provider } = ownNames()
  const at = { consumer, provider }
  await publish(broker, { ...at, version: '1', branch: 'main', tags: ['dev'], fields: { a: 1 } })
  await publish(broker, { ...at, version: '2', branch: 'main', tags: ['dev'], fields: { b: 1 } })
  await publish(broker, { ...at, version: '3', branch: 'feat/x', fields: { c: 1 } })
  await deployed(broker, { pacticipant: consumer, version: '1', to: 'production' })
  await deployed(broker, { pacticipant: consumer, version: '2', to: 'test', how: 'released' })
  const found = (...selectors: readonly object[]): Promise<readonly string[]> => descriptions(provider, ...selectors)
  expect(await found({ mainBranch: true })).toEqual(['latest from main branch main'])
  expect(await found({ branch: 'feat/x' })).toEqual(['latest from branch feat/x'])
  expect(await found({ matchingBranch: true })).toEqual(['latest from branch feat/x'])
  expect(await found({ branch: 'gone', fallbackBranch: 'main' })).toEqual(['latest from branch main'])
  expect(await found({ tag: 'dev', latest: true })).toEqual(['latest with tag dev'])
  expect(await found({ tag: 'dev' })).toEqual(['one of dev', 'one of dev'])
  expect(await found({ tag: 'gone', fallbackTag: 'dev', latest: true })).toEqual(['latest with tag dev'])
  expect(await found({ latest: true })).toEqual(['latest'])
  expect(await found({ deployed: true })).toEqual(['deployed in production'])
  expect(await found({ released: true })).toEqual(['released in test'])
  expect(await found({ deployedOrReleased: true })).toEqual(['deployed in production', 'released in test'])
  expect(await found({ environment: 'production' })).toEqual(['deployed in production'])
  expect(await found({ deployed: true, environment: 'test' })).toEqual([])
  expect(await found({ latest: true, consumer: 'somebody-else' })).toEqual([])
  expect(await found({ latest: true, consumer })).toEqual(['latest'])
})

test('pacts of the same content are verified once, for all their reasons', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1', branch: 'main' })
  await publish(broker, { consumer, provider, version: '2', branch: 'feat/x' })
  const [only, ...rest] = await toVerify(provider, {
    consumerVersionSelectors: [{ mainBranch: true }, { branch: 'feat/x' }],
  })
  expect(rest).toEqual([])
  expect(only).toMatchObject({
    description: 'latest from main branch main, latest from branch feat/x',
    notices: expect.stringContaining('belongs to the consumer versions matching the following criteria:'),
  })
})

test('each consumer has a latest of its own, and one whose branch has no pact with the provider any more has none', async () => {
  const { consumer, provider } = ownNames()
  for (const name of [consumer, `${consumer}-2`])
    await publish(broker, { consumer: name, provider, version: '1', branch: 'main' })
  expect(await descriptions(provider, { mainBranch: true })).toHaveLength(2)
  await publish(broker, { consumer, provider: `${provider}-other`, version: '2', branch: 'main' })
  expect(await descriptions(provider, { mainBranch: true })).toHaveLength(1)
})

test('where nothing is asked for it is the main branch and what is deployed or released', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1', branch: 'main', fields: { a: 1 } })
  await publish(broker, { consumer, provider, version: '2', branch: 'main', fields: { b: 1 } })
  await deployed(broker, { pacticipant: consumer, version: '1', to: 'production' })
  expect(await descriptions(provider)).toEqual(['deployed in production', 'latest from main branch main'])
  const { status } = await call(broker, `/pacts/provider/${provider}/for-verification`)
  expect(status).toBe(200)
})

test('a pact is pending for a branch until that branch verified it, unless another had before it began', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1', branch: 'main' })
  const pending = async (branch: string): Promise<boolean | undefined> => {
    const request = {
      consumerVersionSelectors: [{ latest: true }],
      includePendingStatus: true,
      providerVersionBranch: branch,
    }
    return (await toVerify(provider, request))[0]?.pending
  }
  await call(broker, `/pacticipants/${provider}/branches/old/versions/b0`, { method: 'PUT', json: {} })
  expect(await pending('main')).toBe(true)
  await verified(broker, { consumer, provider, of: '1', by: 'b1', branch: 'main', success: false })
  expect(await pending('main')).toBe(true)
  await verified(broker, { consumer, provider, of: '1', by: 'b2', branch: 'main' })
  expect(await pending('main')).toBe(false)
  expect(await pending('old')).toBe(true)
  expect(await pending('new')).toBe(false)
})

test('without a branch a pact is pending until any version verified it; without being asked nothing is said', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1' })
  const asked = { consumerVersionSelectors: [{ latest: true }], includePendingStatus: true }
  expect((await toVerify(provider, asked))[0]?.pending).toBe(true)
  await verified(broker, { consumer, provider, of: '1', by: 'b1' })
  expect((await toVerify(provider, asked))[0]?.pending).toBe(false)
  expect((await toVerify(provider, { consumerVersionSelectors: [{ latest: true }] }))[0]?.pending).toBeUndefined()
})

test('tags of a provider are places too', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1' })
  await verified(broker, { consumer, provider, of: '1', by: 'b1' })
  await call(broker, `/pacticipants/${provider}/versions/b1/tags/dev`, { method: 'PUT', json: {} })
  await call(broker, `/pacticipants/${provider}/versions/b0/tags/other`, { method: 'PUT', json: {} })
  const request = {
    consumerVersionSelectors: [{ latest: true }],
    includePendingStatus: true,
    providerVersionTags: ['dev', 'other'],
  }
  const [pact] = await toVerify(provider, request)
  expect(pact).toMatchObject({ pending: false })
})

test('work in progress is what was published since, is on no list, and is verified by nobody', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1', branch: 'main', fields: { a: 1 } })
  await publish(broker, { consumer, provider, version: '2', branch: 'feat/y', fields: { b: 1 } })
  const request = {
    consumerVersionSelectors: [{ mainBranch: true }],
    includePendingStatus: true,
    providerVersionBranch: 'main',
  }
  const since = { ...request, includeWipPactsSince: '2020-01-01' }
  expect(await toVerify(provider, since)).toMatchObject([
    { description: 'latest from main branch main', wip: undefined, pending: true },
    {
      description: 'latest from branch feat/y',
      wip: true,
      pending: true,
      notices: expect.stringContaining("'work in progress'"),
    },
  ])
  expect(await toVerify(provider, request)).toHaveLength(1)
  expect(await toVerify(provider, { ...request, includeWipPactsSince: '2999-01-01' })).toHaveLength(1)
  await verified(broker, { consumer, provider, of: '2', by: 'b1', branch: 'main', success: false })
  expect(await toVerify(provider, since)).toHaveLength(2)
  await verified(broker, { consumer, provider, of: '2', by: 'b1', branch: 'main' })
  expect(await toVerify(provider, since)).toHaveLength(1)
})

test('a success that work in progress got as such does not end it: nobody asked for the pact yet', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1', branch: 'feat/y' })
  const request = {
    consumerVersionSelectors: [{ mainBranch: true }],
    providerVersionBranch: 'main',
    includeWipPactsSince: '2020-01-01',
  }
  const ask = (): ReturnType<typeof call> =>
    call(broker, `/pacts/provider/${provider}/for-verification`, { method: 'POST', json: request })
  const [given] = (await ask()).body._embedded.pacts
  const pact = await call(broker, given._links.self.href)
  await call(broker, `/pacticipants/${provider}/branches/main/versions/b1`, { method: 'PUT', json: {} })
  const result = { success: true, providerApplicationVersion: 'b1' }
  await call(broker, pact.body._links['pb:publish-verification-results'].href, { method: 'POST', json: result })
  const [still] = (await ask()).body._embedded.pacts
  expect(still.verificationProperties).toMatchObject({ wip: true, pending: true })
})

test.each([
  [{ consumer: 'till' }, 'must specify one of'],
  [{ latest: false }, 'must specify one of'],
  [{ mainBranch: true, tag: 'x' }, 'cannot specify mainBranch with any other field'],
  [{ matchingBranch: true }, 'the providerVersionBranch must be specified'],
  [{ tag: 'a', branch: 'b' }, 'cannot specify both a tag and a branch'],
  [{ branch: 'a', deployed: true }, 'cannot specify the field branch with the field deployed'],
  [{ latest: true, fallbackTag: 'a' }, 'a fallbackTag can only be set when there is a tag'],
  [{ tag: 'a', fallbackTag: 'b' }, 'can only set a fallbackTag when latest is true'],
  [{ latest: true, fallbackBranch: 'a' }, 'a fallbackBranch can only be set when there is a branch'],
  [{ branch: 'a', latest: false }, 'cannot specify a branch with latest=false'],
  [{ deployed: true, released: true }, 'cannot specify both deployed=true and released=true'],
  [{ environment: 'nowhere' }, 'environment with name "nowhere" does not exist'],
  [{ mainBranch: false }, 'must be true'],
])('the selector %j is refused', async (selector, message) => {
  await publish(broker, { provider: 'asked', version: '1', consumer: 'asker' })
  const answer = await call(broker, '/pacts/provider/asked/for-verification', {
    method: 'POST',
    json: { consumerVersionSelectors: [selector] },
  })
  expect(answer.status).toBe(400)
  expect(JSON.stringify(answer.body.errors)).toContain(message.replaceAll('"', '\\"'))
})

test('states that consumers rely on are listed with their parameters', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: '1', branch: 'main' })
  const path = `/pacts/provider/${provider}/provider-states`
  const states = [{ name: 'orderExists', params: { id: 7 }, consumers: [consumer] }]
  expect((await call(broker, path)).body.providerStates).toEqual(states)
  expect((await call(broker, `${path}/branch/main`)).body.providerStates).toEqual(states)
  expect((await call(broker, `${path}/branch/gone`)).body.providerStates).toEqual([])
})
