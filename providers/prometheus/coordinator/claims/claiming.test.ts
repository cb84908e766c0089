import { openDatabase } from '#harness/live-kit/database.ts'
import { makeLogs } from '../log.ts'
import { busyMs, exampleCoordinator, startUpMs, type ExampleCoordinator } from '../testing/example-coordinator.ts'
import { exampleJob, exampleSteps } from '../testing/example-job.ts'
import { refusalOf } from '../testing/refusal-of.ts'
import { claimingIn, type Claiming } from './claiming.ts'
import { leasesIn } from './leases.ts'

let app: ExampleCoordinator
beforeAll(async () => {
  app = await exampleCoordinator({ processes: 2, changes: () => ({ MAX_ATTEMPTS: '2' }) })
}, startUpMs)
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(() => app.reset())

const todo_id = '7f3b2e80-4d5c-4e6f-8a71-8293a4b5c6d7'
const claim_id = '915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9'
const job_id = '5d1f0c6e-2b3a-4c4d-8e5f-60718293a4b5'
const pull_request_url = 'https://github.com/octo-org/octo-repo/pull/7'

/** A job of this owner whose plan has so many steps. */
async function plannedJob(count: number): Promise<string> {
  const owner = await app.owner('ann')
  const planner = await app.node('node-planner')
  const job = (await owner.createJob({ body: exampleJob })).body.data
  const claim = (await planner.claimTodo({ body: { kind: 'plan' } })).body?.data
  await planner.putPlan({
    params: { todo_id: claim!.todo.todo_id },
    body: { claim_id: claim!.claim_id, todos: exampleSteps(count) },
  })
  return job.job_id
}

test(
  'claims at once at two processes get each todo once, and nothing where there is none',
  async () => {
    await plannedJob(12)
    const workers = await Promise.all(app.urls.map((url) => app.node('node-worker', url)))
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => workers[index % 2]!.claimTodo({ body: { kind: 'work' } })),
    )
    const claimed = claims.flatMap(({ body }) => (body ? [body.data.todo.todo_id] : []))
    expect(claimed).toHaveLength(12)
    expect(new Set(claimed).size).toBe(12)
    expect(claims.filter(({ status }) => status === 204)).toHaveLength(8)
  },
  busyMs,
)

test(
  'a thousand todos are given out exactly once, whoever asks at the same time',
  async () => {
    for (let job = 1; job <= 10; job += 1) await plannedJob(100)
    const processes = [0, 1].map(() => {
      const log = makeLogs('silent').database
      const database = openDatabase(app.environment['DATABASE_URL']!, { name: 'test', log, patienceMs: busyMs })
      return { database, claiming: claimingIn(database, leasesIn(database, 2), 60) }
    })
    const claimed: string[] = []
    async function claimAll(claiming: Claiming, name: string): Promise<void> {
      for (;;) {
        const claim = await claiming.claim({ name, publicKey: name }, 'work')
        if (!claim) return
        claimed.push(claim.todo.todo_id)
      }
    }
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => claimAll(processes[index % 2]!.claiming, `node-${index}`)),
    )
    await Promise.all(processes.map(({ database }) => database.close()))
    expect(claimed).toHaveLength(1000)
    expect(new Set(claimed).size).toBe(1000)
  },
  2 * busyMs,
)

test(
  'the oldest todo of a kind comes first, as claimed at its first attempt',
  async () => {
    const job = await plannedJob(2)
    const worker = await app.node('node-worker')
    const first = (await worker.claimTodo({ body: { kind: 'work' } })).body!.data
    expect(first.todo).toMatchObject({ job_id: job, title: 'Step 1', status: 'claimed', attempts: 1 })
    expect(first).toMatchObject({ kind: 'work', submission: null })
    const seconds = (Date.parse(first.lease_expires_at) - Date.parse(first.todo.updated_at)) / 1000
    expect(seconds).toBe(60)
    expect((await worker.claimTodo({ body: { kind: 'work' } })).body!.data.todo.title).toBe('Step 2')
  },
  busyMs,
)

test('a job is in progress from its first claim on', async () => {
  const owner = await app.owner('ann')
  const planner = await app.node('node-planner')
  const created = (await owner.createJob({ body: exampleJob })).body.data
  expect(created).toMatchObject({ status: 'pending', progress: 0, metadata: {}, error: null })
  const claim = (await planner.claimTodo({ body: { kind: 'plan' } })).body!.data
  expect(claim.todo).toMatchObject({ kind: 'plan', title: 'Documentation', description: exampleJob.swarm_spec.task })
  const params = { job_id: created.job_id }
  expect((await owner.getJob({ params })).body.data.status).toBe('in_progress')
})

test(
  'a todo whose lease is over is claimed again, before younger ones, and counts as queued to its owner',
  async () => {
    const job = await plannedJob(2)
    const owner = await app.owner('ann')
    const worker = await app.node('node-worker')
    const first = (await worker.claimTodo({ body: { kind: 'work' } })).body!.data
    await app.endLeases()
    const statuses = async () =>
      (await owner.listTodos({ params: { job_id: job } })).body.data.map(({ status }) => status)
    expect(await statuses()).toEqual(['done', 'queued', 'queued'])
    const second = (await worker.claimTodo({ body: { kind: 'work' } })).body!.data
    expect(second.todo).toMatchObject({ todo_id: first.todo.todo_id, attempts: 2 })
    expect(second.claim_id).not.toBe(first.claim_id)
    expect(await statuses()).toEqual(['done', 'claimed', 'queued'])
  },
  busyMs,
)

test(
  'a claim finds leases that are over by itself: nobody has to look before',
  async () => {
    await plannedJob(2)
    const worker = await app.node('node-worker')
    const first = (await worker.claimTodo({ body: { kind: 'work' } })).body!.data
    await app.endLeases()
    const claims = await Promise.all([1, 2, 3].map(() => worker.claimTodo({ body: { kind: 'work' } })))
    const titles = claims.flatMap(({ body }) => (body ? [body.data.todo.title] : []))
    expect(titles.toSorted()).toEqual(['Step 1', 'Step 2'])
    expect(first.todo.title).toBe('Step 1')
  },
  busyMs,
)

test(
  'a todo whose last lease is over has failed, and its job with all that waits',
  async () => {
    const job = await plannedJob(2)
    const owner = await app.owner('ann')
    const worker = await app.node('node-worker')
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      expect((await worker.claimTodo({ body: { kind: 'work' } })).body!.data.todo.title).toBe('Step 1')
      await app.endLeases()
    }
    expect((await worker.claimTodo({ body: { kind: 'work' } })).status).toBe(204)
    const failed = (await owner.getJob({ params: { job_id: job } })).body.data
    expect(failed.status).toBe('failed')
    expect(failed.error).toBe('"Step 1" was not done in time, at the last of 2 attempts.')
    const todos = (await owner.listTodos({ params: { job_id: job } })).body.data
    expect(todos.map(({ status }) => status)).toEqual(['done', 'failed', 'failed'])
  },
  busyMs,
)

test(
  'an audit goes to another key than the one that submitted, and to one node at a time',
  async () => {
    await app.given.todoSubmitted({ todo_id, by: 'node-worker', round: 1, pull_request_url })
    const worker = await app.node('node-worker')
    const planner = await app.node('node-planner')
    expect((await worker.claimTodo({ body: { kind: 'audit' } })).status).toBe(204)
    const claims = await Promise.all([1, 2, 3].map(() => planner.claimTodo({ body: { kind: 'audit' } })))
    const [audit, ...others] = claims.flatMap(({ body }) => (body ? [body.data] : []))
    expect(others).toEqual([])
    expect(audit).toMatchObject({ kind: 'audit', todo: { status: 'submitted', attempts: 1 } })
    expect(audit!.submission).toMatchObject({ todo_id, round: 1, pull_request_url })
    await app.endLeases()
    const again = (await planner.claimTodo({ body: { kind: 'audit' } })).body!.data
    expect(again.todo).toMatchObject({ todo_id, status: 'submitted', attempts: 1 })
  },
  busyMs,
)

test('a lease that is renewed runs anew, and one that is over cannot be', async () => {
  await app.given.todoClaimed({ todo_id, claim_id, kind: 'work', title: 'A guide', by: 'node-worker' })
  const worker = await app.node('node-worker')
  const body = { claim_id, status: 'in_progress', progress: 0.5 } as const
  await app.query(`update todos set lease_expires_at = now() + interval '5 seconds' where id = $1`, [todo_id])
  const renewed = (await worker.reportStatus({ params: { todo_id }, body })).body.data
  expect(renewed).toMatchObject({ claim_id, kind: 'work', todo: { status: 'in_progress', attempts: 1 } })
  expect(Date.parse(renewed.lease_expires_at) - Date.now()).toBeGreaterThan(50_000)
  await app.endLeases()
  expect(await refusalOf(worker.reportStatus({ params: { todo_id }, body }))).toBe('409 lease_lost')
})

test(
  'a todo that is given back is queued again, and its job fails with the last attempt',
  async () => {
    await app.given.jobExists({ job_id, owner: 'ann', name: 'Documentation' })
    await app.given.todoQueued({ todo_id, job_id, kind: 'work', title: 'A guide' })
    const owner = await app.owner('ann')
    const worker = await app.node('node-worker')
    async function giveBack(message?: string) {
      const claim = (await worker.claimTodo({ body: { kind: 'work' } })).body!.data
      const body = { claim_id: claim.claim_id, status: 'failed', progress: 0, ...(message && { message }) } as const
      const first = (await worker.reportStatus({ params: { todo_id }, body })).body.data
      expect((await worker.reportStatus({ params: { todo_id }, body })).body.data).toEqual(first)
      expect(await refusalOf(worker.reportStatus({ params: { todo_id }, body: { ...body, progress: 1 } }))).toBe(
        '409 conflict',
      )
      const running = { ...body, status: 'in_progress' } as const
      expect(await refusalOf(worker.reportStatus({ params: { todo_id }, body: running }))).toBe('409 lease_lost')
      return first.todo.status
    }
    expect(await giveBack('No network.')).toBe('queued')
    expect((await owner.getJob({ params: { job_id } })).body.data.status).toBe('in_progress')
    expect(await giveBack('No network again.')).toBe('failed')
    expect((await owner.getJob({ params: { job_id } })).body.data).toMatchObject({
      status: 'failed',
      error: 'No network again.',
    })
  },
  busyMs,
)

test('an audit that is given back is free, and its todo stays submitted', async () => {
  await app.given.auditClaimed({ todo_id, claim_id, by: 'node-planner' })
  const planner = await app.node('node-planner')
  const body = { claim_id, status: 'failed', progress: 0 } as const
  const freed = (await planner.reportStatus({ params: { todo_id }, body })).body.data
  expect(freed).toMatchObject({ kind: 'audit', todo: { status: 'submitted' }, submission: { todo_id } })
  expect((await planner.claimTodo({ body: { kind: 'audit' } })).body!.data.todo.todo_id).toBe(todo_id)
})
