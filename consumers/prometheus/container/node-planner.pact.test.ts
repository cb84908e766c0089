import { planner } from '#contracts/prometheus/node.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { claimId as taskId, refused, unknownId } from '#consumers/prometheus/shared/testing/examples.ts'
import { containerCalls, notValid, refusedWith } from './testing/recorded-container.ts'

const container = consumer('prometheus-container').of(planner)
const { callerKnown, failureReported, planReported, taskAbandoned, taskAwaited, tokenExpired } = planner.states
const known = callerKnown({ name: 'container', role: 'container' })
const awaited = taskAwaited({ task_id: taskId })
const todos = [
  { title: 'Write the guide', description: 'One page, with an example.' },
  { title: 'Link it', description: '' },
]
const report = planner.reportPlan({ params: { task_id: taskId }, body: { todos } })
const reporting = { to: 'planner', call: 'report_plan', task_id: taskId, todos } as const

container.records('reports a plan', { given: [known, awaited], call: report, reply: { status: 204 } }, async (api) => {
  expect(await containerCalls(api, reporting)).toEqual({ answered: null })
})

const reported = planReported({ task_id: taskId, todos })

container.records(
  'reports the same plan again, which changes nothing',
  { given: [known, reported], call: report, reply: { status: 204 } },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual({ answered: null })
  },
)

container.records(
  'cannot report another plan of the same task',
  {
    given: [known, reported],
    call: planner.reportPlan({ params: { task_id: taskId }, body: { todos: todos.slice(0, 1) } }),
    reply: { status: 409, body: refused(exactly('conflict'), 'Something else was reported before.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...reporting, todos: todos.slice(0, 1) })).toEqual(refusedWith('conflict'))
  },
)

container.records(
  'cannot report a plan that the planner has given up',
  {
    given: [known, taskAbandoned({ task_id: taskId })],
    call: report,
    reply: { status: 409, body: refused(exactly('abandoned'), 'The task was given up.') },
  },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual(refusedWith('abandoned'))
  },
)

container.records(
  'cannot report the plan of an unknown task',
  {
    given: [known],
    call: planner.reportPlan({ params: { task_id: unknownId }, body: { todos } }),
    reply: { status: 404, body: refused(exactly('not_found'), 'There is no such task.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...reporting, task_id: unknownId })).toEqual(refusedWith('not_found'))
  },
)

container.records(
  'cannot report a plan without steps',
  {
    given: [known, awaited],
    call: planner.reportPlan({ params: { task_id: taskId }, body: { todos: [] } }),
    reply: { status: 422, body: notValid(exactly('body.todos'), 'Too small: expected array to have >=1 items') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...reporting, todos: [] })).toEqual(refusedWith('validation_error'))
  },
)

container.records(
  'is refused with a token that is over',
  {
    given: [tokenExpired({ name: 'container', role: 'container' }), awaited],
    call: report,
    reply: { status: 401, body: refused(exactly('token_expired'), 'The token is over.') },
  },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual(refusedWith('token_expired'))
  },
)

container.records(
  'is refused with its token under another scheme word',
  {
    given: [known, awaited],
    call: report,
    credential: { scheme: 'Basic' },
    reply: { status: 401, body: refused(exactly('unauthorized'), 'A token is needed.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...reporting, scheme: 'Basic' })).toEqual(refusedWith('unauthorized'))
  },
)

container.records(
  'cannot report a plan with the token of an owner',
  {
    given: [callerKnown({ name: 'ann', role: 'owner' }), awaited],
    call: report,
    reply: { status: 403, body: refused(exactly('forbidden'), 'This is for the role container.') },
  },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual(refusedWith('forbidden'))
  },
)

container.records(
  'reports that it could not plan',
  {
    given: [known, awaited],
    call: planner.reportFailure({ params: { task_id: taskId }, body: { message: 'The agent ended with code 1.' } }),
    reply: { status: 204 },
  },
  async (api) => {
    const failure = { to: 'planner', call: 'report_failure', message: 'The agent ended with code 1.' } as const
    expect(await containerCalls(api, { ...failure, task_id: taskId })).toEqual({ answered: null })
  },
)

container.records(
  'reports again that it could not plan, which changes nothing',
  {
    given: [known, failureReported({ task_id: taskId, message: 'The agent ended with code 1.' })],
    call: planner.reportFailure({ params: { task_id: taskId }, body: { message: 'The agent ended with code 1.' } }),
    reply: { status: 204 },
  },
  async (api) => {
    const failure = { to: 'planner', call: 'report_failure', message: 'The agent ended with code 1.' } as const
    expect(await containerCalls(api, { ...failure, task_id: taskId })).toEqual({ answered: null })
  },
)

const asking = { to: 'planner', call: 'task_status', task_id: taskId } as const

container.records(
  'sees that the planner waits for a plan',
  {
    given: [known, awaited],
    call: planner.getTask({ params: { task_id: taskId } }),
    reply: { status: 200, body: { data: { status: exactly('awaited' as const) } } },
  },
  async (api) => {
    expect(await containerCalls(api, asking)).toEqual({ answered: 'awaited' })
  },
)

container.records(
  'sees that the planner has a plan',
  {
    given: [known, reported],
    call: planner.getTask({ params: { task_id: taskId } }),
    reply: { status: 200, body: { data: { status: exactly('reported' as const) } } },
  },
  async (api) => {
    expect(await containerCalls(api, asking)).toEqual({ answered: 'reported' })
  },
)

container.records(
  'sees that the planner has given a plan up',
  {
    given: [known, taskAbandoned({ task_id: taskId })],
    call: planner.getTask({ params: { task_id: taskId } }),
    reply: { status: 200, body: { data: { status: exactly('abandoned' as const) } } },
  },
  async (api) => {
    expect(await containerCalls(api, asking)).toEqual({ answered: 'abandoned' })
  },
)

container.records(
  'sees that the planner serves',
  { call: planner.health(), reply: { status: 200, body: { status: 'healthy', coordinator: 'reached' } } },
  async (api) => {
    const health = await containerCalls(api, { to: 'planner', call: 'health' })
    expect(health).toEqual({ answered: { status: 'healthy', coordinator: 'reached' } })
  },
)
