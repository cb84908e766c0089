import { call, deployed, publish, verified } from '#harness/broker/testing/broker-api.ts'
import { testBroker, type TestBroker } from '#harness/broker/testing/test-broker.ts'
import { concordat, type Ended } from '../testing/concordat.ts'

let from: TestBroker
let to: TestBroker
beforeAll(async () => {
  from = await testBroker()
  to = await testBroker({ auth: { kind: 'token', token: 't0ken' } })
})
afterAll(async () => {
  await to[Symbol.asyncDispose]()
  await from[Symbol.asyncDispose]()
})

const authorized = { headers: { authorization: 'Bearer t0ken' } }
const run = (): Promise<Ended> =>
  concordat(['broker', 'export', '--to', to.url, '--json'], {
    env: {
      PACT_BROKER_BASE_URL: from.url,
      TARGET_PACT_BROKER_TOKEN: 't0ken',
      PACT_BROKER_TOKEN: '',
      PACT_BROKER_USERNAME: '',
    },
  })

test('a broker is moved, and moved again without doing anything twice', async () => {
  await publish(from, { version: 't1', branch: 'main', tags: ['dev'] })
  await publish(from, { version: 't2', branch: 'feat/x', fields: { id: 7, total: 1 } })
  await verified(from, { of: 't1', by: 'b1', branch: 'main' })
  await verified(from, { of: 't2', by: 'b1', success: false })
  await call(from, '/pacticipants/till', { method: 'PATCH', json: { repositoryUrl: 'https://git.example/till' } })
  await call(from, '/environments', { method: 'POST', json: { name: 'uat', production: false } })
  await deployed(from, { pacticipant: 'shop-backend', version: 'b1', to: 'uat' })
  await deployed(from, { pacticipant: 'till', version: 't1', to: 'production', how: 'released' })
  const first = await run()
  expect(first.code).toBe(0)
  const moved = { pacticipants: 2, versions: 3, pacts: 2, results: 2, environments: 3, deployments: 2 }
  expect(JSON.parse(first.stdout)).toMatchObject({ ok: true, moved })
  expect(await answers(to)).toEqual(await answers(from))
  expect(await run()).toMatchObject({ code: 0 })
  expect(await answers(to)).toEqual(await answers(from))
}, 60_000)

/** What both brokers have to say alike. */
async function answers(broker: TestBroker): Promise<unknown> {
  const ask = async (path: string): Promise<Awaited<ReturnType<typeof call>>['body']> =>
    (await call(broker, path, authorized)).body
  const question = (of: string, environment: string): string =>
    `/matrix?q[][pacticipant]=${of}&latestby=cvpv&environment=${environment}`
  const till = await ask('/pacticipants/till')
  const matrix = await ask('/matrix?q[][pacticipant]=till&q[][pacticipant]=shop-backend&latestby=cvpv')
  return {
    pacticipant: [till.mainBranch, till.repositoryUrl],
    summaries: [
      (await ask(question('till&q[][version]=t1', 'uat'))).summary,
      (await ask(question('till&q[][version]=t2', 'uat'))).summary,
      (await ask(question('shop-backend&q[][version]=b1', 'production'))).summary,
    ],
    rows: matrix.matrix
      .map((row: { consumer: object; provider: object; verificationResult: { success: boolean } }) => [
        JSON.stringify(strip(row.consumer)),
        JSON.stringify(strip(row.provider)),
        row.verificationResult.success,
      ])
      .toSorted(),
    head: (await ask('/pacts/provider/shop-backend/consumer/till/branch/feat%2Fx/latest')).interactions,
  }
}

function strip({
  version,
}: {
  version?: {
    number?: string
    branch?: string
    tags?: readonly { name: string }[]
    environments?: readonly { name: string }[]
  }
}): unknown {
  return [
    version?.number,
    version?.branch,
    version?.tags?.map(({ name }) => name),
    version?.environments?.map(({ name }) => name),
  ]
}

test('a broker is not moved onto itself', async () => {
  const { code, stderr } = await concordat(['broker', 'export', '--to', `${from.url}/`], {
    env: { PACT_BROKER_BASE_URL: from.url, PACT_BROKER_TOKEN: '', PACT_BROKER_USERNAME: '' },
  })
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--to is the broker itself') })
})
