import nock from 'nock'
import { verifyRequest } from '#contracts/prometheus/auth/request-signature.ts'
import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { ConnectionError, ContractViolation, ReplyError, TimeoutError } from '#harness/client/errors.ts'
import type { NodeOptions } from '#consumers/prometheus/shared/node-options.ts'
import { isOutOfReach } from '#consumers/prometheus/shared/refusal.ts'
import {
  claimId,
  githubUsername,
  otherTodoId,
  pullRequestUrl,
  time,
  todoId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { createWorkerApi, type WorkerApi } from './api.ts'

const coordinator = 'http://coordinator.test'
const container = 'http://container.test'
const claim = { claimId, todoId }
const taskPath = `/api/tasks/${claimId}`
const submissionPath = `/api/todos/${todoId}/submission`
const submission = { round: 1, pullRequestUrl, githubUsername }
const submitted = { data: { submitted_at: time } }
const html = { 'content-type': 'text/html' }
const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })

/** An answer that never comes. One that comes after the caller has gone (nock's `delay`) crashes Node's fetch. */
const never = (): Promise<never> => new Promise(() => undefined)

function worker(options: Partial<NodeOptions> = {}): WorkerApi {
  return createWorkerApi({
    coordinatorUrl: coordinator,
    containerUrl: container,
    privateKey: developmentKeys.worker.privateKey,
    token: () => 'token',
    timeoutMs: 1000,
    retryDelayMs: 1,
    ...options,
  })
}

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.restore())

describe('a claim', () => {
  test('is not made twice where its answer is lost: its lease runs out instead', async () => {
    nock(coordinator).post('/api/claims').twice().replyWithError(reset)
    await expect(worker().coordinator.claimWork()).rejects.toThrow(ConnectionError)
    expect(nock.pendingMocks()).toHaveLength(1)
  })

  test('that lacks what the node reads breaks the contract', async () => {
    nock(coordinator)
      .post('/api/claims')
      .reply(201, { data: { claim_id: claimId } })
    await expect(worker().coordinator.claimWork()).rejects.toThrow(ContractViolation)
  })

  test('that is answered with another status than the contract has breaks it too', async () => {
    nock(coordinator).post('/api/claims').reply(200, { data: {} })
    await expect(worker().coordinator.claimWork()).rejects.toThrow('answered 200, which the contract does not have')
  })
})

describe('a submission', () => {
  test('is made again where its answer is lost, each time with a signature of its own', async () => {
    const signatures: string[] = []
    nock(coordinator).put(submissionPath).replyWithError(reset)
    nock(coordinator)
      .put(submissionPath)
      .twice()
      .reply(async (request: Request) => {
        const [, credential = ''] = (request.headers.get('authorization') ?? '').split(' ')
        signatures.push(credential)
        const body = new Uint8Array(await request.arrayBuffer())
        const verified = verifyRequest(credential, {
          request: { method: 'PUT', path: submissionPath, body },
          audience: coordinatorName,
          nowSeconds: Date.now() / 1000,
        })
        expect(verified).toMatchObject({ publicKey: developmentKeys.worker.publicKey })
        return signatures.length === 1 ? [502, '<h1>Bad gateway</h1>', html] : [200, submitted]
      })
    expect(await worker().coordinator.submit(claim, submission)).toEqual({ kind: 'done', value: new Date(time) })
    expect(new Set(signatures).size).toBe(2)
  })

  test('that nobody answers is told after the last attempt', async () => {
    nock(coordinator).put(submissionPath).times(3).reply(503, 'Try later.', html)
    const failure: unknown = await worker({ retries: 2 })
      .coordinator.submit(claim, submission)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ReplyError)
    expect(isOutOfReach(failure)).toBe(true)
    expect(nock.isDone()).toBe(true)
  })

  test('under a claim of another kind is a mistake of the node, and no outcome', async () => {
    const body = { error: { code: 'wrong_kind', message: 'That is no work.', request_id: 'r', timestamp: time } }
    nock(coordinator).put(submissionPath).reply(409, body)
    await expect(worker().coordinator.submit(claim, submission)).rejects.toThrow('409 wrong_kind')
  })

  test('stops being tried once its caller gives up', async () => {
    nock(coordinator).put(submissionPath).reply(never)
    const giveUp = new AbortController()
    const submitting = worker().coordinator.submit(claim, submission, { signal: giveUp.signal })
    giveUp.abort(new Error('the node stops'))
    await expect(submitting).rejects.toThrow('the node stops')
  })
})

test('a long story about a failure is cut to what the coordinator takes', async () => {
  const messages: unknown[] = []
  nock(coordinator)
    .put(`/api/todos/${otherTodoId}/status`, (body: { message: string }) => messages.push(body.message) > 0)
    .reply(200, { data: { todo: { status: 'queued' } } })
  await worker().coordinator.giveBack({ claimId, todoId: otherTodoId }, 'x'.repeat(3000))
  expect(messages).toEqual(['x'.repeat(2000)])
})

describe('the health', () => {
  test('of a coordinator that cannot be reached is no failure', async () => {
    nock(coordinator).get('/health').replyWithError(reset)
    expect(await worker({ retries: 0 }).coordinator.health()).toBe('out-of-reach')
  })

  test('of a coordinator that answers something else is one', async () => {
    nock(coordinator).get('/health').reply(200, '<h1>Welcome</h1>', html)
    await expect(worker().coordinator.health()).rejects.toThrow(ContractViolation)
  })

  test('of a container that does not answer in time is unknown', async () => {
    nock(container).get('/health').reply(never)
    expect(await worker({ retries: 0, timeoutMs: 30 }).container.health()).toBeUndefined()
  })

  test('of a container that answers something else is a failure', async () => {
    nock(container).get('/health').reply(200, {})
    await expect(worker().container.health()).rejects.toThrow(ContractViolation)
  })
})

describe('a task', () => {
  test('is started again where the container was away for a moment', async () => {
    nock(container).put(taskPath).replyWithError(reset)
    nock(container).put(taskPath).reply(202, { data: {} })
    const task = { taskId: claimId, kind: 'work', todoId, jobId: todoId, title: '', description: '' } as const
    const repository = { owner: 'koii', name: 'docs' }
    expect(await worker().container.startTask({ ...task, repository })).toEqual({ kind: 'started' })
  })

  test('that cannot be started since nobody answers is told', async () => {
    nock(container).put(taskPath).reply(never)
    const task = { taskId: claimId, kind: 'work', todoId, jobId: todoId, title: '', description: '' } as const
    const starting = worker({ timeoutMs: 30, retries: 0 }).container.startTask({
      ...task,
      repository: { owner: 'koii', name: 'docs' },
    })
    await expect(starting).rejects.toThrow(TimeoutError)
  })

  test('that failed without a word failed nevertheless', async () => {
    nock(container)
      .get(taskPath)
      .reply(200, { data: { status: 'failed', error: null } })
    expect(await worker().container.taskState(claimId)).toEqual({ kind: 'failed', error: '' })
  })

  test('in a state that the contract does not have breaks it', async () => {
    nock(container)
      .get(taskPath)
      .reply(200, { data: { status: 'paused', error: null } })
    await expect(worker().container.taskState(claimId)).rejects.toThrow(ContractViolation)
  })
})

test('each call to the container brings a token that is good then', async () => {
  const brought: unknown[] = []
  const tokens = ['one', 'two']
  nock(container)
    .get(`${taskPath}/submission`)
    .twice()
    .reply((request: Request) => {
      brought.push(request.headers.get('authorization'))
      return brought.length === 1
        ? [504, 'Nobody there.', html]
        : [200, { data: { pull_request_url: pullRequestUrl, github_username: githubUsername } }]
    })
  const found = await worker({ token: () => Promise.resolve(tokens.shift() ?? '') }).container.pullRequest(claimId)
  expect(found).toEqual({ pullRequestUrl, githubUsername })
  expect(brought).toEqual(['Bearer one', 'Bearer two'])
})
