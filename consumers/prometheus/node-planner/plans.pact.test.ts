import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import {
  claimId,
  jobId,
  otherTodoId,
  refused,
  repository,
  time,
  todoId,
  unknownId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { plannerAt } from './testing/recorded-planner.ts'

const planner = consumer('prometheus-node-planner').of(coordinator)
const { leaseExpired, nodeRegistered, planStored, queueEmpty, todoClaimed, todoQueued } = coordinator.states
const by = 'node-planner'
const self = nodeRegistered({ name: by })
const claim = { claimId, todoId }
const params = { todo_id: todoId }
const claimed = todoClaimed({ todo_id: todoId, claim_id: claimId, kind: 'plan', title: 'Documentation', by })
const expired = leaseExpired({ todo_id: todoId, claim_id: claimId, kind: 'plan', by })
const leaseLost = { status: 409, body: refused(exactly('lease_lost'), 'The claim does not hold.') } as const
const conflict = { status: 409, body: refused(exactly('conflict'), 'Something else was stored before.') } as const
const steps = [
  { title: 'Write a README', description: 'In plain words.' },
  { title: 'Write a guide', description: 'Step by step.' },
]
const planned = {
  status: 200,
  body: {
    data: [
      { todo_id: todoId, title: exactly('Write a README') },
      { todo_id: otherTodoId, title: exactly('Write a guide') },
    ],
  },
} as const
const done = {
  kind: 'done',
  value: [
    { todoId, title: 'Write a README' },
    { todoId: otherTodoId, title: 'Write a guide' },
  ],
}
const planCall = coordinator.putPlan({ params, body: { claim_id: claimId, todos: steps } })

planner.records(
  'claims a job that waits for a plan',
  {
    given: [self, todoQueued({ todo_id: todoId, job_id: jobId, kind: 'plan', title: 'Documentation' })],
    call: coordinator.claimTodo({ body: { kind: 'plan' } }),
    reply: {
      status: 201,
      body: {
        data: {
          claim_id: claimId,
          lease_expires_at: time,
          todo: {
            todo_id: exactly(todoId),
            job_id: exactly(jobId),
            kind: exactly('plan'),
            title: exactly('Documentation'),
            description: 'Write a README',
            repository,
            attempts: exactly(1),
          },
        },
      },
    },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.claimPlan()).toEqual({
      claimId,
      todoId,
      kind: 'plan',
      jobId,
      title: 'Documentation',
      description: 'Write a README',
      repository,
      attempts: 1,
      leaseExpiresAt: new Date(time),
    })
  },
)

planner.records(
  'has nothing to plan',
  {
    given: [self, queueEmpty()],
    call: coordinator.claimTodo({ body: { kind: 'plan' } }),
    reply: { status: 204 },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.claimPlan()).toBeUndefined()
  },
)

planner.records(
  'leaves work to workers',
  {
    given: [self, todoQueued({ todo_id: todoId, job_id: jobId, kind: 'work', title: 'Write a README' })],
    call: coordinator.claimTodo({ body: { kind: 'plan' } }),
    reply: { status: 204 },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.claimPlan()).toBeUndefined()
  },
)

planner.records(
  'says that it still plans',
  {
    given: [self, claimed],
    call: coordinator.reportStatus({ params, body: { claim_id: claimId, status: 'in_progress', progress: 0.5 } }),
    reply: { status: 200, body: { data: { lease_expires_at: time } } },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.stillWorking(claim, 0.5)).toEqual({ kind: 'done', value: new Date(time) })
  },
)

planner.records(
  'learns that its lease was over when it says that it still plans',
  {
    given: [self, expired],
    call: coordinator.reportStatus({ params, body: { claim_id: claimId, status: 'in_progress', progress: 0.5 } }),
    reply: leaseLost,
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.stillWorking(claim, 0.5)).toEqual({ kind: 'lease-lost' })
  },
)

planner.records(
  'gives back what it cannot plan',
  {
    given: [self, claimed],
    call: coordinator.reportStatus({
      params,
      body: { claim_id: claimId, status: 'failed', progress: 0, message: 'The agent gave up.' },
    }),
    reply: { status: 200, body: { data: { todo: { status: exactly('queued') } } } },
  },
  async (api) => {
    const givenBack = await plannerAt(api).coordinator.giveBack(claim, 'The agent gave up.')
    expect(givenBack).toEqual({ kind: 'done', value: 'queued' })
  },
)

planner.records('stores a plan', { given: [self, claimed], call: planCall, reply: planned }, async (api) => {
  expect(await plannerAt(api).coordinator.putPlan(claim, steps)).toEqual(done)
})

const stored = planStored({ todo_id: todoId, claim_id: claimId, by, todos: steps })

planner.records(
  'stores the same plan again, which changes nothing',
  { given: [self, stored], call: planCall, reply: planned },
  async (api) => {
    expect(await plannerAt(api).coordinator.putPlan(claim, steps)).toEqual(done)
  },
)

planner.records(
  'cannot store another plan under the same claim',
  {
    given: [self, stored],
    call: coordinator.putPlan({ params, body: { claim_id: claimId, todos: steps.slice(1) } }),
    reply: conflict,
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.putPlan(claim, steps.slice(1))).toEqual({ kind: 'conflict' })
  },
)

planner.records(
  'cannot store a plan once its lease is over',
  { given: [self, expired], call: planCall, reply: leaseLost },
  async (api) => {
    expect(await plannerAt(api).coordinator.putPlan(claim, steps)).toEqual({ kind: 'lease-lost' })
  },
)

planner.records(
  'cannot store a plan under the claim of another node',
  {
    given: [
      self,
      todoClaimed({ todo_id: todoId, claim_id: claimId, kind: 'plan', title: 'Documentation', by: 'node-worker' }),
    ],
    call: planCall,
    reply: leaseLost,
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.putPlan(claim, steps)).toEqual({ kind: 'lease-lost' })
  },
)

planner.records(
  'cannot store a plan for a todo that there is not',
  {
    given: [self],
    call: coordinator.putPlan({ params: { todo_id: unknownId }, body: { claim_id: claimId, todos: steps } }),
    reply: { status: 404, body: refused('not_found', 'There is no such todo.') },
  },
  async (api) => {
    const gone = { claimId, todoId: unknownId }
    expect(await plannerAt(api).coordinator.putPlan(gone, steps)).toEqual({ kind: 'lease-lost' })
  },
)

planner.records(
  'is refused a plan without a step',
  {
    given: [self, claimed],
    call: coordinator.putPlan({ params, body: { claim_id: claimId, todos: [] } }),
    reply: { status: 422, body: refused('validation_error', 'Not valid: body.todos.') },
  },
  async (api) => {
    expect(await refusalBy(plannerAt(api).coordinator.putPlan(claim, []))).toMatchObject({ kind: 'invalid' })
  },
)
