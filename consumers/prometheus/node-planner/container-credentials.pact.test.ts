import { container } from '#contracts/prometheus/container.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { underScheme, withoutCredential } from '#consumers/prometheus/shared/testing/credentials.ts'
import { refused } from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { plannerAt } from './testing/recorded-planner.ts'

const planner = consumer('prometheus-node-planner').of(container)
const { callerKnown, tokenExpired } = container.states
const unauthorized = { status: 401, body: refused(exactly('unauthorized'), 'A token is needed.') } as const

planner.records(
  'is refused the models without a token',
  { call: container.listModels(), credential: 'none', reply: unauthorized },
  async (api) => {
    const refusal = await refusalBy(plannerAt(api, { fetch: withoutCredential }).container.models())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

planner.records(
  'is refused the models with a token under another scheme word',
  {
    given: [callerKnown({ name: 'node-planner', role: 'node' })],
    call: container.listModels(),
    credential: { scheme: 'Basic' },
    reply: unauthorized,
  },
  async (api) => {
    const refusal = await refusalBy(plannerAt(api, { fetch: underScheme('Basic') }).container.models())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

planner.records(
  'is refused the models with a token that is over',
  {
    given: [tokenExpired({ name: 'node-planner', role: 'node' })],
    call: container.listModels(),
    reply: { status: 401, body: refused(exactly('token_expired'), 'The token is over.') },
  },
  async (api) => {
    const refusal = await refusalBy(plannerAt(api).container.models())
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'token_expired' })
  },
)

planner.records(
  'may not ask for the models as an owner',
  {
    given: [callerKnown({ name: 'ann', role: 'owner' })],
    call: container.listModels(),
    reply: { status: 403, body: refused(exactly('forbidden'), 'Nodes have tasks done.') },
  },
  async (api) => {
    expect(await refusalBy(plannerAt(api).container.models())).toMatchObject({ kind: 'forbidden' })
  },
)
