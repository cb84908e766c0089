import { call, deployed, ownNames, publish, verified } from '../testing/broker-api.ts'
import { testBroker, type TestBroker } from '../testing/test-broker.ts'

let broker: TestBroker
beforeAll(async () => {
  broker = await testBroker()
})
afterAll(() => broker[Symbol.asyncDispose]())

type Names = ReturnType<typeof ownNames>

// A test reads whatever is there.
// oxlint-disable-next-line typescript/no-explicit-any
async function ask(query: string): Promise<any> {
  return (await call(broker, `/matrix?${query}`)).body
}

const version = (name: string, number: string): string => `q[][pacticipant]=${name}&q[][version]=${number}`

async function deployedPair(): Promise<Names> {
  const names = ownNames()
  await publish(broker, { ...names, version: 't1', branch: 'main' })
  await verified(broker, { ...names, of: 't1', by: 'b1', branch: 'main' })
  await deployed(broker, { pacticipant: names.provider, version: 'b1', to: 'production' })
  await deployed(broker, { pacticipant: names.consumer, version: 't1', to: 'production' })
  return names
}

test('two versions that were verified with each other may go together', async () => {
  const { consumer, provider } = await deployedPair()
  const answer = await ask(`${version(consumer, 't1')}&${version(provider, 'b1')}&latestby=cvpv`)
  expect(answer.summary).toEqual({
    deployable: true,
    reason: 'All required verification results are published and successful',
    success: 1,
    failed: 0,
    unknown: 0,
  })
  expect(answer.matrix).toMatchObject([
    {
      consumer: { name: consumer, version: { number: 't1', branch: 'main', environments: [{ name: 'production' }] } },
      provider: { name: provider, version: { number: 'b1' } },
      verificationResult: { success: true },
    },
  ])
})

test('a pact that was verified by another version than the one that is there is not known', async () => {
  const { consumer, provider } = await deployedPair()
  await publish(broker, { consumer, provider, version: 't2', branch: 'main', fields: { id: 7, total: 1 } })
  await verified(broker, { consumer, provider, of: 't2', by: 'b2', branch: 'main' })
  const answer = await ask(`${version(consumer, 't2')}&latestby=cvpv&environment=production`)
  expect(answer).toMatchObject({
    summary: { deployable: null, unknown: 1 },
    matrix: [{ provider: { version: null }, verificationResult: null }],
    notices: [{ type: 'error', text: expect.stringContaining('the version of') }],
  })
})

test('an unchanged pact of a new version has the results of the old one', async () => {
  const { consumer, provider } = await deployedPair()
  await publish(broker, { consumer, provider, version: 't2', branch: 'main' })
  const answer = await ask(`${version(consumer, 't2')}&latestby=cvpv&environment=production`)
  expect(answer.summary).toMatchObject({ deployable: true, success: 1 })
})

test('a provider may be deployed where none of its consumers is, and a consumer not where its provider is not', async () => {
  const { consumer, provider } = await deployedPair()
  const [asProvider, asConsumer] = await Promise.all(
    [version(provider, 'b1'), version(consumer, 't1')].map((one) => ask(`${one}&latestby=cvpv&environment=test`)),
  )
  expect(asProvider).toMatchObject({
    summary: { deployable: true, reason: 'There are no missing dependencies' },
    matrix: [],
  })
  expect(asConsumer).toMatchObject({ summary: { deployable: null, unknown: 1 } })
})

test('what fails counts before what is not known, and can be ignored', async () => {
  const { consumer, provider } = await deployedPair()
  const other = `${consumer}-2`
  await publish(broker, { consumer: other, provider, version: 'o1', fields: { total: 1 } })
  await deployed(broker, { pacticipant: other, version: 'o1', to: 'production' })
  await verified(broker, { consumer, provider, of: 't1', by: 'b2' })
  await verified(broker, { consumer: other, provider, of: 'o1', by: 'b2', success: false })
  const question = `${version(provider, 'b2')}&latestby=cvpv&environment=production`
  expect((await ask(question)).summary).toMatchObject({ deployable: false, success: 1, failed: 1 })
  const ignoring = await ask(`${question}&ignore[][pacticipant]=${other}`)
  expect(ignoring.summary).toMatchObject({ deployable: true, success: 1, failed: 0, ignored: 1 })
  expect(ignoring.notices).toContainEqual({
    type: 'warning',
    text: expect.stringMatching(/^\[IGNORED\] The verification/),
  })
})

test('the last result of a pair counts', async () => {
  const { consumer, provider } = await deployedPair()
  await verified(broker, { consumer, provider, of: 't1', by: 'b1', success: false })
  const question = `${version(consumer, 't1')}&latestby=cvpv&environment=production`
  expect((await ask(question)).summary).toMatchObject({ deployable: false, failed: 1 })
  await verified(broker, { consumer, provider, of: 't1', by: 'b1' })
  expect((await ask(question)).summary).toMatchObject({ deployable: true })
})

test('where only the last result of a provider is asked for, it is that', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: 't1' })
  await verified(broker, { consumer, provider, of: 't1', by: 'b1', success: false })
  await verified(broker, { consumer, provider, of: 't1', by: 'b2' })
  const { matrix } = await ask(`${version(consumer, 't1')}&latestby=cvp`)
  expect(matrix).toMatchObject([{ provider: { version: { number: 'b2' } }, verificationResult: { success: true } }])
  expect(matrix).toHaveLength(1)
  const two = [consumer, provider].map((name) => `q[][pacticipant]=${name}`).join('&')
  await publish(broker, { consumer, provider, version: 't2', fields: { total: 1 } })
  expect((await ask(`${two}&latestby=cp`)).matrix).toMatchObject([{ consumer: { version: { number: 't2' } } }])
})

test('of several released versions each counts, also where a client asks for the last result of a provider', async () => {
  const { consumer, provider } = ownNames()
  await publish(broker, { consumer, provider, version: 't1' })
  await verified(broker, { consumer, provider, of: 't1', by: 'b1', success: false })
  await verified(broker, { consumer, provider, of: 't1', by: 'b2' })
  for (const by of ['b1', 'b2'])
    await deployed(broker, { pacticipant: provider, version: by, to: 'production', how: 'released' })
  for (const latestBy of ['cvpv', 'cvp']) {
    const { summary } = await ask(`${version(consumer, 't1')}&latestby=${latestBy}&environment=production`)
    expect(summary).toMatchObject({ deployable: false, success: 1, failed: 1 })
  }
})

test('a deployment replaces the one before it, and what is undeployed is there no more', async () => {
  const { consumer, provider } = await deployedPair()
  await verified(broker, { consumer, provider, of: 't1', by: 'b2', success: false })
  await deployed(broker, { pacticipant: provider, version: 'b2', to: 'production' })
  const question = `${version(consumer, 't1')}&latestby=cvpv&environment=production`
  const now = await ask(question)
  expect(now).toMatchObject({
    summary: { deployable: false, failed: 1 },
    matrix: [{ provider: { version: { number: 'b2' } } }],
  })
  expect(now.matrix).toHaveLength(1)
})

test('with the main branches of all others: can I merge', async () => {
  const { consumer, provider } = await deployedPair()
  const question = (number: string): string => `${version(consumer, number)}&latestby=cvp&latest=true&mainBranch=true`
  expect((await ask(question('t1'))).summary).toMatchObject({ deployable: true })
  await publish(broker, { consumer, provider, version: 't2', branch: 'feat/x', fields: { total: 1 } })
  await verified(broker, { consumer, provider, of: 't2', by: 'b1', success: false })
  expect((await ask(question('t2'))).summary).toMatchObject({ deployable: false })
})

test('under tags, as before there were environments', async () => {
  const { consumer, provider } = await deployedPair()
  await call(broker, `/pacticipants/${provider}/versions/b1/tags/prod`, { method: 'PUT', json: {} })
  const tagged = await ask(`${version(consumer, 't1')}&latestby=cvp&latest=true&tag=prod`)
  expect(tagged.summary).toMatchObject({ deployable: true })
  const missing = await ask(`q[][pacticipant]=${consumer}&q[][latest]=true&q[][tag]=nowhere&latestby=cvp&latest=true`)
  expect(missing.summary).toMatchObject({
    deployable: false,
    reason: `No version with tag nowhere exists for ${consumer}`,
  })
})

test('a whole edge is listed, the last event first, by success and up to a limit', async () => {
  const { consumer, provider } = await deployedPair()
  await publish(broker, { consumer, provider, version: 't2', fields: { total: 1 } })
  await verified(broker, { consumer, provider, of: 't2', by: 'b1', success: false })
  const edge = `q[][pacticipant]=${consumer}&q[][pacticipant]=${provider}&latestby=cvpv`
  const numbers = ({
    matrix,
  }: {
    matrix: readonly { consumer: { version: { number: string } } }[]
  }): readonly string[] => matrix.map((row) => row.consumer.version.number)
  expect(numbers(await ask(edge))).toEqual(['t2', 't1'])
  expect(numbers(await ask(`${edge}&success[]=true`))).toEqual(['t1'])
  expect(numbers(await ask(`${edge}&limit=1`))).toEqual(['t2'])
  expect(numbers(await ask(`q[][pacticipant]=${provider}&q[][version]=b1`))).toEqual(['t2', 't1'])
})

test('the simple question has the same answer', async () => {
  const { consumer } = await deployedPair()
  const simple = await call(broker, `/can-i-deploy?pacticipant=${consumer}&version=t1&environment=production`)
  expect(simple.body.summary).toMatchObject({ deployable: true })
  expect(await call(broker, '/can-i-deploy?version=1')).toMatchObject({
    status: 400,
    body: { errors: { pacticipant: ['is missing'] } },
  })
})

test.each([
  ['latestby=cvpv', ['Please provide 1 or more version selectors.']],
  ['q[][pacticipant]=nobody&q[][version]=1', ['Pacticipant nobody not found']],
  ['q[][version]=1', ['Please specify the pacticipant name']],
  [
    'q[][pacticipant]=a&q[][version]=1&q[][latest]=true',
    ['A version number and latest flag cannot both be specified for a'],
  ],
  ['q[][pacticipant]=a&latestby=all', { latestby: ['must be one of: cvpv, cvp, cp'] }],
  ['q[][pacticipant]=a&environment=nowhere', ["Environment with name 'nowhere' does not exist"]],
])('%s is refused', async (query, errors) => {
  expect(await call(broker, `/matrix?${query}`)).toMatchObject({ status: 400, body: { errors } })
})
