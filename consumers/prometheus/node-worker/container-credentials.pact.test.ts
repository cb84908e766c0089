import { container } from '#contracts/prometheus/container.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { underScheme, withoutCredential } from '#consumers/prometheus/shared/testing/credentials.ts'
import { claimId, refused } from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { workerAt } from './testing/recorded-worker.ts'

const worker = consumer('prometheus-node-worker').of(container)
const { callerKnown, tokenExpired } = container.states
const getTask = container.getTask({ params: { task_id: claimId } })
const unauthorized = { status: 401, body: refused(exactly('unauthorized'), 'A token is needed.') } as const

worker.records(
  'is refused a task without a token',
  { call: getTask, credential: 'none', reply: unauthorized },
  async (api) => {
    const refusal = await refusalBy(workerAt(api, { fetch: withoutCredential }).container.taskState(claimId))
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

worker.records(
  'is refused a task with a token under another scheme word',
  {
    given: [callerKnown({ name: 'node-worker', role: 'node' })],
    call: getTask,
    credential: { scheme: 'Basic' },
    reply: unauthorized,
  },
  async (api) => {
    const refusal = await refusalBy(workerAt(api, { fetch: underScheme('Basic') }).container.taskState(claimId))
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'unauthorized' })
  },
)

worker.records(
  'is refused a task with a token that is over',
  {
    given: [tokenExpired({ name: 'node-worker', role: 'node' })],
    call: getTask,
    reply: { status: 401, body: refused(exactly('token_expired'), 'The token is over.') },
  },
  async (api) => {
    const refusal = await refusalBy(workerAt(api).container.taskState(claimId))
    expect(refusal).toMatchObject({ kind: 'unauthorized', code: 'token_expired' })
  },
)

worker.records(
  'may not ask for a task as an owner',
  {
    given: [callerKnown({ name: 'ann', role: 'owner' })],
    call: getTask,
    reply: { status: 403, body: refused(exactly('forbidden'), 'Nodes have tasks done.') },
  },
  async (api) => {
    expect(await refusalBy(workerAt(api).container.taskState(claimId))).toMatchObject({ kind: 'forbidden' })
  },
)
