import nock from 'nock'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { ConnectionError, ContractViolation, TimeoutError } from '#harness/client/errors.ts'
import { claimId, githubUsername, pullRequestUrl, time, todoId } from '#consumers/prometheus/shared/testing/examples.ts'
import { createPlannerApi, type PlannerApi, type PlannerOptions } from './api.ts'

const coordinator = 'http://coordinator.test'
const container = 'http://container.test'
const claim = { claimId, todoId }
const subject = { todoId, round: 1, pullRequestUrl, githubUsername }
const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })

/** An answer that never comes. One that comes after the caller has gone (nock's `delay`) crashes Node's fetch. */
const never = (): Promise<never> => new Promise(() => undefined)

function planner(options: Partial<PlannerOptions> = {}): PlannerApi {
  return createPlannerApi({
    coordinatorUrl: coordinator,
    containerUrl: container,
    privateKey: developmentKeys.planner.privateKey,
    token: () => 'token',
    retryDelayMs: 1,
    ...options,
  })
}

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.restore())

test('a plan whose answer is lost is stored again, and counts once', async () => {
  nock(coordinator).put(`/api/todos/${todoId}/plan`).replyWithError(reset)
  nock(coordinator)
    .put(`/api/todos/${todoId}/plan`)
    .reply(200, { data: [{ todo_id: todoId, title: 'Write a README' }] })
  const steps = [{ title: 'Write a README', description: '' }]
  expect(await planner().coordinator.putPlan(claim, steps)).toEqual({
    kind: 'done',
    value: [{ todoId, title: 'Write a README' }],
  })
})

test('a verdict that nobody takes is told after the last attempt', async () => {
  nock(coordinator).put(`/api/todos/${todoId}/audit`).times(2).replyWithError(reset)
  const verdict = planner({ retries: 1 }).coordinator.putVerdict(claim, { approved: true, reason: '' })
  await expect(verdict).rejects.toThrow(ConnectionError)
  expect(nock.isDone()).toBe(true)
})

test('an audit may take longer than other calls, and is not asked for twice', async () => {
  const verdict = { approved: true, reason: 'All is there.' }
  const answered = Promise.withResolvers<void>()
  nock(container).get('/api/models').reply(never)
  nock(container)
    .post('/api/audits')
    .reply(async () => {
      await answered.promise
      return [200, { data: verdict }]
    })
  const hasty = planner({ timeoutMs: 30, retries: 0 })
  const audit = hasty.container.audit(subject)
  // What is asked for after the audit is given up long before it.
  await expect(hasty.container.models()).rejects.toThrow(TimeoutError)
  answered.resolve()
  expect(await audit).toEqual(verdict)
})

test('an audit that takes too long is given up, which says nothing about the submission', async () => {
  nock(container).post('/api/audits').twice().reply(never)
  await expect(planner({ auditTimeoutMs: 30 }).container.audit(subject)).rejects.toThrow(TimeoutError)
  expect(nock.pendingMocks()).toHaveLength(1)
})

test('an audit without a verdict breaks the contract: nothing is approved by a missing field', async () => {
  nock(container)
    .post('/api/audits')
    .reply(200, { data: { success: true } })
  await expect(planner().container.audit(subject)).rejects.toThrow(ContractViolation)
})

test('an audit that is claimed without its submission is told', async () => {
  const data = { claim_id: claimId, todo: { todo_id: todoId }, submission: null, lease_expires_at: time }
  nock(coordinator).post('/api/claims').reply(201, { data })
  await expect(planner().coordinator.claimAudit()).rejects.toThrow('is to be an audit and has no submission')
})

test('a refusal to start a task is thrown where it is no conflict', async () => {
  nock(container)
    .put(`/api/tasks/${claimId}`)
    .reply(403, { error: { code: 'forbidden', message: 'Nodes only.', request_id: 'r', timestamp: time } })
  const task = { taskId: claimId, kind: 'plan', todoId, jobId: todoId, title: '', description: '' } as const
  const starting = planner().container.startTask({ ...task, repository: { owner: 'koii', name: 'docs' } })
  await expect(starting).rejects.toThrow('403 forbidden')
})
