import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import {
  claimId,
  otherClaimId,
  refused,
  time,
  todoId,
  unknownId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { containerCalls, notValid, refusedWith } from './testing/recorded-container.ts'

const container = consumer('prometheus-container').of(coordinator)
const { allHealthy, callerKnown, leaseExpired, storeDown, todoClaimed, todoResultStored, tokenExpired } =
  coordinator.states
const known = callerKnown({ name: 'container', role: 'container' })
const claim = { todo_id: todoId, claim_id: claimId, kind: 'work', by: 'node-worker' } as const
const claimed = todoClaimed({ ...claim, title: 'Write the guide' })
const stored = todoResultStored({ todo_id: todoId, claim_id: claimId, output: 'The guide is written.' })

const params = { todo_id: todoId }
const result = { claim_id: claimId, output: 'The guide is written.' }
const storing = { to: 'coordinator', call: 'put_todo_result', todo_id: todoId, ...result } as const

container.records(
  'stores what came of a todo',
  {
    given: [known, claimed],
    call: coordinator.putTodoResult({ params, body: { ...result, metadata: { model: 'built-in' } } }),
    reply: { status: 201, body: { data: { todo_id: exactly(todoId), stored_at: time } } },
  },
  async (api) => {
    expect(await containerCalls(api, { ...storing, metadata: { model: 'built-in' } })).toEqual({
      answered: { todo_id: todoId, is_new: true, stored_at: time },
    })
  },
)

container.records(
  'stores the same once more, which changes nothing',
  {
    given: [known, stored],
    call: coordinator.putTodoResult({ params, body: result }),
    reply: { status: 200, body: { data: { todo_id: exactly(todoId), stored_at: time } } },
  },
  async (api) => {
    expect(await containerCalls(api, storing)).toEqual({
      answered: { todo_id: todoId, is_new: false, stored_at: time },
    })
  },
)

container.records(
  'cannot store something else under the same claim',
  {
    given: [known, stored],
    call: coordinator.putTodoResult({ params, body: { ...result, output: 'Another guide is written.' } }),
    reply: { status: 409, body: refused(exactly('conflict'), 'Another result is stored.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...storing, output: 'Another guide is written.' })).toEqual(
      refusedWith('conflict'),
    )
  },
)

container.records(
  'cannot store a result once the lease is over',
  {
    given: [known, leaseExpired(claim)],
    call: coordinator.putTodoResult({ params, body: result }),
    reply: { status: 409, body: refused(exactly('lease_lost'), 'The claim does not hold.') },
  },
  async (api) => {
    expect(await containerCalls(api, storing)).toEqual(refusedWith('lease_lost'))
  },
)

container.records(
  'cannot store a result under a claim that is not of the todo',
  {
    given: [known, claimed],
    call: coordinator.putTodoResult({ params, body: { ...result, claim_id: otherClaimId } }),
    reply: { status: 409, body: refused(exactly('lease_lost'), 'The claim does not hold.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...storing, claim_id: otherClaimId })).toEqual(refusedWith('lease_lost'))
  },
)

container.records(
  'cannot store the result of an unknown todo',
  {
    given: [known],
    call: coordinator.putTodoResult({ params: { todo_id: unknownId }, body: result }),
    reply: { status: 404, body: refused(exactly('not_found'), 'There is no such todo.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...storing, todo_id: unknownId })).toEqual(refusedWith('not_found'))
  },
)

container.records(
  'cannot store a result under what is no claim',
  {
    given: [known, claimed],
    call: coordinator.putTodoResult({ params, body: { ...result, claim_id: 'first' } }),
    reply: { status: 422, body: notValid(exactly('body.claim_id'), 'Invalid UUID') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...storing, claim_id: 'first' })).toEqual(refusedWith('validation_error'))
  },
)

container.records(
  'is refused with a token that is over',
  {
    given: [tokenExpired({ name: 'container', role: 'container' }), claimed],
    call: coordinator.putTodoResult({ params, body: result }),
    reply: { status: 401, body: refused(exactly('token_expired'), 'The token is over.') },
  },
  async (api) => {
    expect(await containerCalls(api, storing)).toEqual(refusedWith('token_expired'))
  },
)

container.records(
  'is refused with its token under another scheme word',
  {
    given: [known, claimed],
    call: coordinator.putTodoResult({ params, body: result }),
    credential: { scheme: 'Basic' },
    reply: { status: 401, body: refused(exactly('unauthorized'), 'A token is needed.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...storing, scheme: 'Basic' })).toEqual(refusedWith('unauthorized'))
  },
)

container.records(
  'cannot store a result with the token of an owner',
  {
    given: [callerKnown({ name: 'ann', role: 'owner' }), claimed],
    call: coordinator.putTodoResult({ params, body: result }),
    reply: { status: 403, body: refused(exactly('forbidden'), 'This is for the role container.') },
  },
  async (api) => {
    expect(await containerCalls(api, storing)).toEqual(refusedWith('forbidden'))
  },
)

const entries = [
  { task_id: claimId, level: 'info', message: 'Begun: Write the guide', timestamp: time },
  { task_id: claimId, level: 'warning', message: 'The guide is long – 世界.', timestamp: time },
] as const

container.records(
  'has its lines kept',
  {
    given: [known],
    call: coordinator.addLogs({ body: { entries: [...entries] } }),
    reply: { status: 202, body: { data: { accepted: exactly(2) } } },
  },
  async (api) => {
    expect(await containerCalls(api, { to: 'coordinator', call: 'add_logs', entries })).toEqual({ answered: 2 })
  },
)

container.records(
  'cannot have no lines kept',
  {
    given: [known],
    call: coordinator.addLogs({ body: { entries: [] } }),
    reply: { status: 422, body: notValid(exactly('body.entries'), 'Too small: expected array to have >=1 items') },
  },
  async (api) => {
    const adding = { to: 'coordinator', call: 'add_logs', entries: [] } as const
    expect(await containerCalls(api, adding)).toEqual(refusedWith('validation_error'))
  },
)

container.records(
  'cannot have lines kept with the token of a node',
  {
    given: [callerKnown({ name: 'node-worker', role: 'node' })],
    call: coordinator.addLogs({ body: { entries: [...entries] } }),
    reply: { status: 403, body: refused(exactly('forbidden'), 'This is for the role container.') },
  },
  async (api) => {
    expect(await containerCalls(api, { to: 'coordinator', call: 'add_logs', entries })).toEqual(
      refusedWith('forbidden'),
    )
  },
)

container.records(
  'sees that the coordinator is well',
  {
    given: [allHealthy()],
    call: coordinator.health(),
    reply: { status: 200, body: { database: exactly('healthy' as const) } },
  },
  async (api) => {
    expect(await containerCalls(api, { to: 'coordinator', call: 'health' })).toEqual({ answered: 'healthy' })
  },
)

container.records(
  'sees that the database of the coordinator is down',
  {
    given: [storeDown({ store: 'database' })],
    call: coordinator.health(),
    reply: { status: 503, body: { database: exactly('unhealthy' as const) } },
  },
  async (api) => {
    expect(await containerCalls(api, { to: 'coordinator', call: 'health' })).toEqual({ answered: 'unhealthy' })
  },
)
