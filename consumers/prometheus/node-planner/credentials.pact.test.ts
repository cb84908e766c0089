import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { underScheme, withoutCredential } from '#consumers/prometheus/shared/testing/credentials.ts'
import { refused } from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { plannerAt } from './testing/recorded-planner.ts'

const planner = consumer('prometheus-node-planner').of(coordinator)
const { allHealthy, nodeRegistered, nodeUnknown, storeDown } = coordinator.states
const claimCall = coordinator.claimTodo({ body: { kind: 'plan' } })
const unauthorized = { status: 401, body: refused(exactly('unauthorized'), 'A signature is needed.') } as const

planner.records(
  'is refused a claim that it did not sign',
  { call: claimCall, credential: 'none', reply: unauthorized },
  async (api) => {
    const refusal = await refusalBy(plannerAt(api, { fetch: withoutCredential }).coordinator.claimPlan())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

planner.records(
  'is refused a signature under another scheme word',
  {
    given: [nodeRegistered({ name: 'node-planner' })],
    call: claimCall,
    credential: { scheme: 'Bearer' },
    reply: unauthorized,
  },
  async (api) => {
    const refusal = await refusalBy(plannerAt(api, { fetch: underScheme('Bearer') }).coordinator.claimPlan())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

planner.records(
  'is refused where the coordinator does not know its key',
  {
    given: [nodeUnknown({ name: 'node-planner' })],
    call: claimCall,
    reply: { status: 401, body: refused(exactly('key_unknown'), 'No node has this key.') },
  },
  async (api) => {
    const refusal = await refusalBy(plannerAt(api).coordinator.claimPlan())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'key_unknown' })
  },
)

planner.records(
  'sees that the coordinator is well',
  {
    given: [allHealthy()],
    call: coordinator.health(),
    reply: { status: 200, body: { database: exactly('healthy') } },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.health()).toBe('healthy')
  },
)

planner.records(
  'sees that the database of the coordinator is down',
  {
    given: [storeDown({ store: 'database' })],
    call: coordinator.health(),
    reply: { status: 503, body: { database: exactly('unhealthy') } },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.health()).toBe('unhealthy')
  },
)
