import { newKeyPair, publicKeyOf, signedRequests } from '#contracts/prometheus/auth/request-signature.ts'
import { issueToken, readTokenKeys } from '#contracts/prometheus/auth/tokens.ts'
import { coordinator, coordinatorName } from '#contracts/prometheus/coordinator.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import type { Client } from '#harness/client/client.ts'
import type { MockOptions } from '#harness/mock/mock.ts'
import { mock } from './coordinator.mock.ts'
import { newJob } from './coordinator/states/examples.ts'
import { refusal, run, type Running } from './shared/testing/running.ts'

const { states } = coordinator
type Api = Client<typeof coordinator>
const start = (options?: MockOptions): Running<typeof coordinator> => run(coordinator, mock, options)
const signedBy = (host: Running<typeof coordinator>, secret: unknown): Api =>
  host.api({ kind: 'signed', secret: String(secret) })
const byToken = (host: Running<typeof coordinator>, token: string): Api =>
  host.api({ kind: 'bearer', token: () => token })

const job_id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const todo_id = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'
const claim_id = '5c1d9f3a-7b2e-4d6c-9a8f-0b1c2d3e4f5a'
const pull_request_url = 'https://github.com/octo-org/octo-repo/pull/7'
const claims = {
  plan: { body: { kind: 'plan' } },
  work: { body: { kind: 'work' } },
  audit: { body: { kind: 'audit' } },
} as const

test('every operation has a handler', () => {
  expect(mock.start().unhandled).toEqual([])
})

describe('callers with tokens', () => {
  const keys = readTokenKeys(developmentKeys.tokenKeys)
  const ann = { name: 'ann', role: 'owner' } as const

  test.each<[string, () => Promise<string>, string]>([
    ['is no token', () => Promise.resolve('made-up'), 'token_malformed'],
    ['is for somebody else', () => issueToken(keys, { caller: ann, audience: 'another' }), 'token_invalid'],
    [
      'was made with another key',
      () => issueToken(readTokenKeys(`other=${'x'.repeat(32)}`), { caller: ann, audience: coordinatorName }),
      'token_invalid',
    ],
    [
      'is over',
      () => issueToken(keys, { caller: ann, audience: coordinatorName, lifetimeSeconds: -1 }),
      'token_expired',
    ],
  ])('are refused where it %s', async (_why, token, code) => {
    await using host = start()
    expect(await refusal(byToken(host, await token()).listJobs())).toEqual([401, code])
  })

  test('are unauthorized without one, and with a credential of another scheme', async () => {
    await using host = start()
    expect(await refusal(host.api().listJobs())).toEqual([401, 'unauthorized'])
    expect(await refusal((await host.as('owner')).claimTodo(claims.plan))).toEqual([401, 'unauthorized'])
  })

  test('are known by the keys of the environment', async () => {
    const JWT_KEYS = `own=${'k'.repeat(32)}`
    await using host = start({ environment: { JWT_KEYS } })
    const token = await issueToken(readTokenKeys(JWT_KEYS), { caller: ann, audience: coordinatorName })
    expect((await byToken(host, token).listJobs()).body.data).toEqual([])
    const other = await issueToken(keys, { caller: ann, audience: coordinatorName })
    expect(await refusal(byToken(host, other).listJobs())).toEqual([401, 'token_invalid'])
  })

  test('may be those of a state', async () => {
    await using host = start()
    const { token } = await host.given(states.tokenExpired(ann))
    expect(await refusal(byToken(host, String(token)).listJobs())).toEqual([401, 'token_expired'])
  })

  test.each<[string, 'node' | 'container' | 'owner', (api: Api) => Promise<unknown>]>([
    ['a container may not create jobs', 'container', (api) => api.createJob({ body: newJob('Holidays') })],
    ['a node may not list jobs', 'node', (api) => api.listJobs()],
    [
      'an owner may not store results',
      'owner',
      (api) => api.putTodoResult({ params: { todo_id }, body: { claim_id, output: '' } }),
    ],
    [
      'an owner may not store logs',
      'owner',
      (api) =>
        api.addLogs({
          body: { entries: [{ task_id: claim_id, level: 'info', message: '', timestamp: '2026-01-01T00:00:00Z' }] },
        }),
    ],
  ])('%s', async (_what, role, call) => {
    await using host = start()
    expect(await refusal(call(await host.as(role)))).toEqual([403, 'forbidden'])
  })
})

describe('nodes with signatures', () => {
  test('of development are known from the start', async () => {
    await using host = start()
    for (const { privateKey } of [developmentKeys.planner, developmentKeys.worker])
      expect((await signedBy(host, privateKey).claimTodo(claims.plan)).status).toBe(204)
  })

  test('of the environment are known in their place', async () => {
    const { privateKey, publicKey } = newKeyPair()
    await using host = start({ environment: { NODE_KEYS: `planner=${publicKey}` } })
    expect((await signedBy(host, privateKey).claimTodo(claims.plan)).status).toBe(204)
    const development = signedBy(host, developmentKeys.planner.privateKey)
    expect(await refusal(development.claimTodo(claims.plan))).toEqual([401, 'key_unknown'])
  })

  test('are known once they are registered, always by the same key', async () => {
    await using host = start()
    const { private_key } = await host.given(states.nodeRegistered({ name: 'new-node' }))
    expect((await signedBy(host, private_key).claimTodo(claims.plan)).status).toBe(204)
    expect(await host.given(states.nodeRegistered({ name: 'new-node' }))).toEqual({ private_key })
    const worker = await host.given(states.nodeRegistered({ name: 'node-worker' }))
    expect(publicKeyOf(String(worker['private_key']))).toBe(developmentKeys.worker.publicKey)
  })

  test('are unknown otherwise', async () => {
    await using host = start()
    const { private_key } = await host.given(states.nodeUnknown({ name: 'new-node' }))
    expect(await refusal(signedBy(host, private_key).claimTodo(claims.plan))).toEqual([401, 'key_unknown'])
  })

  /** The answer to a claim, signed by the worker over something. */
  async function claimSigned(host: Running<typeof coordinator>, authorization: string): Promise<unknown> {
    const response = await host.request('/api/claims', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ kind: 'work' }),
    })
    if (response.status === 204) return 204
    const { error } = (await response.json()) as { error: { code: string } }
    return [response.status, error.code]
  }
  const body = new TextEncoder().encode(JSON.stringify({ kind: 'work' }))
  const request = { method: 'POST', path: '/api/claims', body }
  const sign = (changed: Partial<typeof request> = {}, audience = coordinatorName): string =>
    `Signature ${signedRequests(audience).sign(developmentKeys.worker.privateKey, { ...request, ...changed })}`

  test('sign each request once', async () => {
    await using host = start()
    const authorization = sign()
    expect(await claimSigned(host, authorization)).toBe(204)
    expect(await claimSigned(host, authorization)).toEqual([401, 'signature_replayed'])
    expect(await claimSigned(host, sign())).toBe(204)
  })

  test.each([
    ['another body', sign({ body: new Uint8Array() }), 'signature_invalid'],
    ['another path', sign({ path: '/api/claims?x' }), 'signature_invalid'],
    ['another component', sign({}, 'another'), 'signature_invalid'],
    ['nothing', 'Signature made.up', 'signature_malformed'],
  ])('are refused where they sign %s', async (_what, authorization, code) => {
    await using host = start()
    expect(await claimSigned(host, authorization)).toEqual([401, code])
  })
})

describe('owners', () => {
  test('see their own jobs only', async () => {
    await using host = start()
    await host.given(states.jobExists({ job_id, owner: 'ann', name: 'Holidays' }))
    const [ann, bob] = [await host.as('owner', 'ann'), await host.as('owner', 'bob')]
    expect((await ann.getJob({ params: { job_id } })).body.data).toMatchObject({ status: 'pending', progress: 0 })
    const params = { job_id }
    for (const call of [bob.getJob, bob.listTodos, bob.getJobResult])
      expect(await refusal(call({ params }))).toEqual([404, 'not_found'])
    expect(await refusal(bob.setJobStatus({ params, body: { status: 'cancelled' } }))).toEqual([404, 'not_found'])
    expect((await bob.listJobs()).body.data).toEqual([])
  })

  test('list their jobs newest first, page by page, and by status', async () => {
    await using host = start()
    const names = ['one', 'two', 'three']
    await host.given(states.jobsExist({ owner: 'ann', names: ['old'] }), states.jobsExist({ owner: 'ann', names }))
    const ann = await host.as('owner', 'ann')
    const { data, pagination } = (await ann.listJobs({ query: { per_page: 2 } })).body
    expect(data.map(({ swarm_spec }) => swarm_spec.name)).toEqual(['three', 'two'])
    expect(pagination).toEqual({ page: 1, per_page: 2, total_items: 3, total_pages: 2 })
    const cancelled = { params: { job_id: data[0]!.job_id }, body: { status: 'cancelled' } } as const
    await ann.setJobStatus(cancelled)
    const { body } = await ann.listJobs({ query: { status: 'cancelled' } })
    expect(body.data.map(({ swarm_spec }) => swarm_spec.name)).toEqual(['three'])
  })

  test('get the result of a completed job', async () => {
    await using host = start()
    const results = [{ todo_id, output: 'Packed.', metadata: { bags: '2' } }]
    const completed = states.jobCompleted({ job_id, owner: 'ann', results })
    await host.given(completed, completed)
    const ann = await host.as('owner', 'ann')
    expect((await ann.getJobResult({ params: { job_id } })).body.data).toMatchObject({ job_id, results })
    expect((await ann.getJob({ params: { job_id } })).body.data).toMatchObject({ status: 'completed', progress: 1 })
    const { data } = (await ann.listTodos({ params: { job_id } })).body
    expect(data.map(({ kind, status }) => [kind, status])).toEqual([
      ['plan', 'done'],
      ['work', 'done'],
    ])
  })
})

describe('states', () => {
  const planner = (host: Running<typeof coordinator>): Api => signedBy(host, developmentKeys.planner.privateKey)
  const worker = (host: Running<typeof coordinator>): Api => signedBy(host, developmentKeys.worker.privateKey)
  const queued = states.todoQueued({ todo_id, job_id, kind: 'work', title: 'Pack' })
  const submittedByWorker = states.todoSubmitted({ todo_id, by: 'node-worker', round: 2, pull_request_url })

  test.each([
    ['first', [queued, states.jobExists({ job_id, owner: 'ann', name: 'Holidays' })]],
    ['last', [states.jobExists({ job_id, owner: 'ann', name: 'Holidays' }), queued]],
    ['twice', [queued, states.jobExists({ job_id, owner: 'ann', name: 'Holidays' }), queued]],
  ])('of a queued todo and its job go together, the todo %s', async (_order, given) => {
    await using host = start()
    await host.given(...given)
    const ann = await host.as('owner', 'ann')
    const { data } = (await ann.listTodos({ params: { job_id } })).body
    expect(data.map(({ kind, status }) => [kind, status])).toEqual([
      ['plan', 'done'],
      ['work', 'queued'],
    ])
    expect((await ann.getJob({ params: { job_id } })).body.data).toMatchObject({
      status: 'in_progress',
      swarm_spec: { name: 'Holidays' },
    })
    expect((await worker(host).claimTodo(claims.work)).body?.data.todo.todo_id).toBe(todo_id)
    expect((await planner(host).claimTodo(claims.plan)).status).toBe(204)
  })

  test('of a queued plan make it the plan of its job', async () => {
    await using host = start()
    const plan = states.todoQueued({ todo_id, job_id, kind: 'plan', title: 'Holidays' })
    await host.given(states.jobExists({ job_id, owner: 'ann', name: 'Holidays' }), plan)
    const { data } = (await (await host.as('owner', 'ann')).listTodos({ params: { job_id } })).body
    expect(data).toMatchObject([{ todo_id, kind: 'plan', status: 'queued' }])
  })

  test('of an empty queue leave nothing to claim', async () => {
    await using host = start()
    await host.given(
      states.jobExists({ job_id, owner: 'ann', name: 'Holidays' }),
      submittedByWorker,
      states.todoQueued({ todo_id: claim_id, job_id: claim_id, kind: 'work', title: 'Pack' }),
      states.queueEmpty(),
    )
    for (const call of Object.values(claims)) expect((await planner(host).claimTodo(call)).status).toBe(204)
  })

  test.each(['node-worker', 'node-of-its-own'])('of a claimed todo make %s the one who holds it', async (by) => {
    await using host = start()
    const claimed = states.todoClaimed({ todo_id, claim_id, kind: 'work', title: 'Pack', by })
    const { private_key } = await host.given(claimed, claimed, states.nodeRegistered({ name: by }))
    const params = { todo_id }
    const { body } = await signedBy(host, private_key).putPullRequest({ params, body: { claim_id, pull_request_url } })
    expect(body.data).toMatchObject({ todo_id, title: 'Pack', status: 'claimed', pull_request_url })
    const others = planner(host).putPullRequest({ params, body: { claim_id, pull_request_url } })
    expect(await refusal(others)).toEqual([409, 'lease_lost'])
  })

  test('of a lease that is over give the todo back', async () => {
    await using host = start()
    await host.given(states.leaseExpired({ todo_id, claim_id, kind: 'work', by: 'node-worker' }))
    const call = worker(host).putPullRequest({ params: { todo_id }, body: { claim_id, pull_request_url } })
    expect(await refusal(call)).toEqual([409, 'lease_lost'])
    expect((await worker(host).claimTodo(claims.work)).body?.data.todo).toMatchObject({ todo_id, attempts: 2 })
  })

  test('of a submitted todo let others audit it', async () => {
    await using host = start()
    await host.given(submittedByWorker, submittedByWorker)
    expect((await worker(host).claimTodo(claims.audit)).status).toBe(204)
    expect((await planner(host).claimTodo(claims.audit)).body?.data).toMatchObject({
      todo: { todo_id, status: 'submitted' },
      submission: { round: 2, pull_request_url, staking_key: developmentKeys.worker.publicKey },
    })
  })

  test.each([
    ['alone', []],
    ['after it was submitted', [submittedByWorker]],
  ])('of a claimed audit, %s, let its node judge', async (_when, before) => {
    await using host = start()
    const audited = states.auditClaimed({ todo_id, claim_id, by: 'node-planner' })
    await host.given(...before, audited, audited)
    const verdict = { approved: true, reason: 'Good.' }
    const { body } = await planner(host).putAudit({ params: { todo_id }, body: { claim_id, ...verdict } })
    expect(body.data.status).toBe('done')
  })

  test('of a call that was made let it be made again', async () => {
    await using host = start()
    const params = { todo_id }
    const by = { todo_id, claim_id, by: 'node-worker' }
    const todos = [{ title: 'Pack', description: 'All of it.' }]
    await host.given(states.planStored({ ...by, todos }), states.planStored({ ...by, todos }))
    expect((await worker(host).putPlan({ params, body: { claim_id, todos } })).body.data).toMatchObject(todos)
    await host.given(states.pullRequestSet({ ...by, pull_request_url }))
    const set = await worker(host).putPullRequest({ params, body: { claim_id, pull_request_url } })
    expect(set.body.data).toMatchObject({ kind: 'work', pull_request_url })
    const submission = { round: 1, pull_request_url, github_username: 'ann' }
    await host.given(states.todoSubmitted({ ...by, ...submission }))
    expect((await worker(host).putSubmission({ params, body: { claim_id, ...submission } })).body.data).toMatchObject(
      submission,
    )
    const verdict = { approved: false, reason: 'Too long.' }
    await host.given(states.auditStored({ ...by, verdict }))
    expect((await worker(host).putAudit({ params, body: { claim_id, ...verdict } })).body.data.status).toBe('queued')
  })

  test.each([
    ['before', [states.todoResultStored({ todo_id, claim_id, output: 'Packed.' })], []],
    ['after', [], [states.todoResultStored({ todo_id, claim_id, output: 'Packed.' })]],
  ])('of a stored result, %s its claim, let it be stored again', async (_order, before, after) => {
    await using host = start()
    const claimed = states.todoClaimed({ todo_id, claim_id, kind: 'work', title: 'Pack', by: 'node-worker' })
    await host.given(...before, claimed, ...after)
    const container = await host.as('container')
    const put = (output: string): ReturnType<typeof container.putTodoResult> =>
      container.putTodoResult({ params: { todo_id }, body: { claim_id, output } })
    expect((await put('Packed.')).status).toBe(200)
    expect(await refusal(put('Lost.'))).toEqual([409, 'conflict'])
  })
})

test('lines of containers are taken', async () => {
  await using host = start()
  const entry = { task_id: claim_id, level: 'info', message: 'Begun.', timestamp: '2026-01-01T00:00:00Z' } as const
  const { status, body } = await (await host.as('container')).addLogs({ body: { entries: [entry, entry] } })
  expect([status, body.data.accepted]).toEqual([202, 2])
})

test('how long leases hold and how often is tried comes from the environment', async () => {
  await using host = start({ environment: { LEASE_SECONDS: '600.5', MAX_ATTEMPTS: '1' } })
  const before = Date.now()
  await host.given(states.jobExists({ job_id, owner: 'ann', name: 'Holidays' }))
  const planner = signedBy(host, developmentKeys.planner.privateKey)
  const { claim_id: claim, todo, lease_expires_at } = (await planner.claimTodo(claims.plan)).body!.data
  const length = Date.parse(lease_expires_at) - before
  expect(length).toBeGreaterThanOrEqual(600_500)
  expect(length).toBeLessThan(700_000)
  await planner.reportStatus({
    params: { todo_id: todo.todo_id },
    body: { claim_id: claim, status: 'failed', progress: 0, message: 'No idea.' },
  })
  const ann = await host.as('owner', 'ann')
  expect((await ann.getJob({ params: { job_id } })).body.data).toMatchObject({ status: 'failed', error: 'No idea.' })
})

test('health says whether the database answers', async () => {
  await using host = start()
  const health = async (): Promise<unknown> => {
    const answer = await host.request('/health')
    return [answer.status, await answer.json()]
  }
  expect(await health()).toEqual([200, { database: 'healthy' }])
  await host.given(states.storeDown({ store: 'database' }))
  expect(await health()).toEqual([503, { database: 'unhealthy' }])
  await host.given(states.allHealthy())
  expect(await health()).toEqual([200, { database: 'healthy' }])
})
