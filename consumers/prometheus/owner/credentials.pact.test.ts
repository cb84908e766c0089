import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { underScheme, withoutCredential } from '#consumers/prometheus/shared/testing/credentials.ts'
import { refused } from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { documentation } from './testing/examples.ts'
import { ownerAt } from './testing/recorded-owner.ts'

const owner = consumer('prometheus-owner').of(coordinator)
const { allHealthy, callerKnown, storeDown, tokenExpired } = coordinator.states
const listCall = coordinator.listJobs({ query: { page: 1, per_page: 20 } })
const unauthorized = { status: 401, body: refused(exactly('unauthorized'), 'A token is needed.') } as const

owner.records(
  'is refused without a token',
  { call: listCall, credential: 'none', reply: unauthorized },
  async (api) => {
    const refusal = await refusalBy(ownerAt(api, { fetch: withoutCredential }).jobs())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

owner.records(
  'is refused a token under another scheme word',
  {
    given: [callerKnown({ name: 'ann', role: 'owner' })],
    call: listCall,
    credential: { scheme: 'Basic' },
    reply: unauthorized,
  },
  async (api) => {
    const refusal = await refusalBy(ownerAt(api, { fetch: underScheme('Basic') }).jobs())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

owner.records(
  'is refused a token that is over',
  {
    given: [tokenExpired({ name: 'ann', role: 'owner' })],
    call: listCall,
    reply: { status: 401, body: refused(exactly('token_expired'), 'The token is over.') },
  },
  async (api) => {
    expect(await refusalBy(ownerAt(api).jobs())).toMatchObject({ kind: 'unauthorized', code: 'token_expired' })
  },
)

owner.records(
  'may have no job done as a node',
  {
    given: [callerKnown({ name: 'node-worker', role: 'node' })],
    call: coordinator.createJob({ body: { swarm_spec: documentation.spec, repository: documentation.repository } }),
    reply: { status: 403, body: refused(exactly('forbidden'), 'Owners have jobs done.') },
  },
  async (api) => {
    const { spec, repository } = documentation
    expect(await refusalBy(ownerAt(api).createJob({ spec, repository }))).toMatchObject({ kind: 'forbidden' })
  },
)

owner.records(
  'sees that the coordinator is well',
  {
    given: [allHealthy()],
    call: coordinator.health(),
    reply: { status: 200, body: { database: exactly('healthy') } },
  },
  async (api) => {
    expect(await ownerAt(api).health()).toBe('healthy')
  },
)

owner.records(
  'sees that the database of the coordinator is down',
  {
    given: [storeDown({ store: 'database' })],
    call: coordinator.health(),
    reply: { status: 503, body: { database: exactly('unhealthy') } },
  },
  async (api) => {
    expect(await ownerAt(api).health()).toBe('unhealthy')
  },
)
