import nock from 'nock'
import { ConnectionError, ContractViolation, TimeoutError } from '#harness/client/errors.ts'
import { jobId, time } from '#consumers/prometheus/shared/testing/examples.ts'
import { createOwnerApi, type OwnerApi, type OwnerOptions } from './api.ts'
import { documentation } from './testing/examples.ts'

const origin = 'http://coordinator.test'
const jobPath = `/api/swarm/jobs/${jobId}`
const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
const html = { 'content-type': 'text/html' }

/** An answer that never comes. One that comes after the caller has gone (nock's `delay`) crashes Node's fetch. */
const never = (): Promise<never> => new Promise(() => undefined)

function owner(options: Partial<OwnerOptions> = {}): OwnerApi {
  return createOwnerApi({ coordinatorUrl: origin, token: () => 'token', retryDelayMs: 1, ...options })
}

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.restore())

test('a job whose answer is lost is not created twice', async () => {
  nock(origin).post('/api/swarm/jobs').twice().replyWithError(reset)
  await expect(owner().createJob(documentation)).rejects.toThrow(ConnectionError)
  expect(nock.pendingMocks()).toHaveLength(1)
})

test('a job is cancelled again where the answer is lost', async () => {
  nock(origin).put(`${jobPath}/status`).replyWithError(reset)
  nock(origin).put(`${jobPath}/status`).reply(200, { data: {} })
  expect(await owner().cancel(jobId)).toEqual({ kind: 'cancelled' })
})

test('a refusal to cancel that is neither "unknown" nor "ended" is thrown', async () => {
  nock(origin)
    .put(`${jobPath}/status`)
    .reply(403, { error: { code: 'forbidden', message: 'Owners only.', request_id: 'r', timestamp: time } })
  await expect(owner().cancel(jobId)).rejects.toThrow('403 forbidden')
})

test('a coordinator that is silent is a time-out after the time given', async () => {
  nock(origin).get(jobPath).reply(never)
  await expect(owner({ timeoutMs: 30, retries: 0 }).job(jobId)).rejects.toThrow(TimeoutError)
})

test.each([
  ['another envelope', { job_id: jobId, status: 'pending' }],
  [
    'a status that the contract does not have',
    { data: { job_id: jobId, swarm_spec: { name: 'A' }, status: 'running' } },
  ],
  ['progress in percent', { data: { job_id: jobId, swarm_spec: { name: 'A' }, status: 'in_progress', progress: 50 } }],
])('%s breaks the contract, and shows nothing', async (_what, body) => {
  nock(origin).get(jobPath).reply(200, body)
  await expect(owner().job(jobId)).rejects.toThrow(ContractViolation)
})

test('the answer of a gateway in place of the coordinator is tried again, then told', async () => {
  nock(origin).get(`${jobPath}/result`).times(3).reply(502, '<h1>Bad gateway</h1>', html)
  await expect(owner({ retries: 2 }).result(jobId)).rejects.toThrow('answered 502')
  expect(nock.isDone()).toBe(true)
})

test('calls go through the fetch that is given', async () => {
  const asked: unknown[] = []
  const recorded: typeof fetch = (input) => {
    asked.push(input)
    return Promise.resolve(Response.json({ database: 'healthy' }))
  }
  expect(await owner({ fetch: recorded }).health()).toBe('healthy')
  expect(asked).toEqual([`${origin}/health`])
})
