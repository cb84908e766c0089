import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { underScheme, withoutCredential } from '#consumers/prometheus/shared/testing/credentials.ts'
import { refused } from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { workerAt } from './testing/recorded-worker.ts'

const worker = consumer('prometheus-node-worker').of(coordinator)
const { allHealthy, nodeRegistered, nodeUnknown } = coordinator.states
const claimCall = coordinator.claimTodo({ body: { kind: 'work' } })
const unauthorized = { status: 401, body: refused(exactly('unauthorized'), 'A signature is needed.') } as const

worker.records(
  'is refused a claim that it did not sign',
  { call: claimCall, credential: 'none', reply: unauthorized },
  async (api) => {
    const refusal = await refusalBy(workerAt(api, { fetch: withoutCredential }).coordinator.claimWork())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

worker.records(
  'is refused a signature under another scheme word',
  {
    given: [nodeRegistered({ name: 'node-worker' })],
    call: claimCall,
    credential: { scheme: 'Bearer' },
    reply: unauthorized,
  },
  async (api) => {
    const refusal = await refusalBy(workerAt(api, { fetch: underScheme('Bearer') }).coordinator.claimWork())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

worker.records(
  'is refused where the coordinator does not know its key',
  {
    given: [nodeUnknown({ name: 'node-worker' })],
    call: claimCall,
    reply: { status: 401, body: refused(exactly('key_unknown'), 'No node has this key.') },
  },
  async (api) => {
    const refusal = await refusalBy(workerAt(api).coordinator.claimWork())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'key_unknown' })
  },
)

worker.records(
  'sees that the coordinator is well',
  {
    given: [allHealthy()],
    call: coordinator.health(),
    reply: { status: 200, body: { database: exactly('healthy') } },
  },
  async (api) => {
    expect(await workerAt(api).coordinator.health()).toBe('healthy')
  },
)
