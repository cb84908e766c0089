import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { failureOf } from '#harness/client/testing/failure-of.ts'
import { exactly } from '#harness/contract/example.ts'
import { fault } from '#harness/fault/fault.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { isOutOfReach } from '#consumers/prometheus/shared/refusal.ts'
import {
  claimId,
  jobId,
  refused,
  repository,
  time,
  todoId,
  unknownId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { workerAt } from './testing/recorded-worker.ts'

const worker = consumer('prometheus-node-worker').of(coordinator)
const { leaseExpired, nodeRegistered, queueEmpty, todoClaimed, todoQueued } = coordinator.states
const by = 'node-worker'
const self = nodeRegistered({ name: by })
const claim = { claimId, todoId }
const params = { todo_id: todoId }
const claimed = todoClaimed({ todo_id: todoId, claim_id: claimId, kind: 'work', title: 'Write a README', by })
const expired = leaseExpired({ todo_id: todoId, claim_id: claimId, kind: 'work', by })
const leaseLost = { status: 409, body: refused(exactly('lease_lost'), 'The claim does not hold.') } as const
const workCall = coordinator.claimTodo({ body: { kind: 'work' } })
const still = { claim_id: claimId, status: 'in_progress', progress: 0.25 } as const

worker.records(
  'claims a todo that waits to be done',
  {
    given: [self, todoQueued({ todo_id: todoId, job_id: jobId, kind: 'work', title: 'Write a README' })],
    call: workCall,
    reply: {
      status: 201,
      body: {
        data: {
          claim_id: claimId,
          lease_expires_at: time,
          todo: {
            todo_id: exactly(todoId),
            job_id: exactly(jobId),
            kind: exactly('work'),
            title: exactly('Write a README'),
            description: 'In plain words.',
            repository,
            attempts: exactly(1),
          },
        },
      },
    },
    // A claim whose answer is lost is not made twice: its lease runs out.
    survives: [
      {
        fault: fault.status(503),
        outcome: async (api) =>
          expect(await refusalBy(workerAt(api).coordinator.claimWork())).toMatchObject({
            kind: 'refused',
            status: 503,
          }),
      },
      {
        fault: fault.reset(),
        outcome: async (api) => expect(isOutOfReach(await failureOf(workerAt(api).coordinator.claimWork()))).toBe(true),
      },
    ],
  },
  async (api) => {
    expect(await workerAt(api).coordinator.claimWork()).toEqual({
      claimId,
      todoId,
      kind: 'work',
      jobId,
      title: 'Write a README',
      description: 'In plain words.',
      repository,
      attempts: 1,
      leaseExpiresAt: new Date(time),
    })
  },
)

worker.records(
  'has nothing to do',
  { given: [self, queueEmpty()], call: workCall, reply: { status: 204 } },
  async (api) => {
    expect(await workerAt(api).coordinator.claimWork()).toBeUndefined()
  },
)

worker.records(
  'leaves what is claimed to the node that claimed it',
  { given: [self, claimed], call: workCall, reply: { status: 204 } },
  async (api) => {
    expect(await workerAt(api).coordinator.claimWork()).toBeUndefined()
  },
)

worker.records(
  'says that it still works',
  {
    given: [self, claimed],
    call: coordinator.reportStatus({ params, body: still }),
    reply: { status: 200, body: { data: { lease_expires_at: time } } },
  },
  async (api) => {
    expect(await workerAt(api).coordinator.stillWorking(claim, 0.25)).toEqual({ kind: 'done', value: new Date(time) })
  },
)

worker.records(
  'learns that its lease was over when it says that it still works',
  { given: [self, expired], call: coordinator.reportStatus({ params, body: still }), reply: leaseLost },
  async (api) => {
    expect(await workerAt(api).coordinator.stillWorking(claim, 0.25)).toEqual({ kind: 'lease-lost' })
  },
)

worker.records(
  'is refused progress beyond all',
  {
    given: [self, claimed],
    call: coordinator.reportStatus({ params, body: { ...still, progress: 50 } }),
    reply: { status: 422, body: refused('validation_error', 'Not valid: body.progress.') },
  },
  async (api) => {
    expect(await refusalBy(workerAt(api).coordinator.stillWorking(claim, 50))).toMatchObject({ kind: 'invalid' })
  },
)

const giveBackCall = (id: string) =>
  coordinator.reportStatus({
    params: { todo_id: id },
    body: { claim_id: claimId, status: 'failed', progress: 0, message: 'The agent gave up.' },
  })

worker.records(
  'gives back what it cannot do',
  {
    given: [self, claimed],
    call: giveBackCall(todoId),
    reply: { status: 200, body: { data: { todo: { status: exactly('queued') } } } },
  },
  async (api) => {
    const givenBack = await workerAt(api).coordinator.giveBack(claim, 'The agent gave up.')
    expect(givenBack).toEqual({ kind: 'done', value: 'queued' })
  },
)

worker.records(
  'cannot give back a todo that there is not',
  {
    given: [self],
    call: giveBackCall(unknownId),
    reply: { status: 404, body: refused('not_found', 'There is no such todo.') },
  },
  async (api) => {
    const gone = { claimId, todoId: unknownId }
    expect(await workerAt(api).coordinator.giveBack(gone, 'The agent gave up.')).toEqual({ kind: 'lease-lost' })
  },
)
