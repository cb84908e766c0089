import {
  busyMs,
  exampleCoordinator,
  startUpMs,
  type Caller,
  type ExampleCoordinator,
} from '../testing/example-coordinator.ts'
import { exampleJob, exampleSteps } from '../testing/example-job.ts'
import { refusalOf } from '../testing/refusal-of.ts'

let app: ExampleCoordinator
let owner: Caller
let planner: Caller
let worker: Caller
beforeAll(async () => {
  app = await exampleCoordinator()
}, startUpMs)
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(async () => {
  await app.reset()
  owner = await app.owner('ann')
  planner = await app.node('node-planner')
  worker = await app.node('node-worker')
})

const job_id = '5d1f0c6e-2b3a-4c4d-8e5f-60718293a4b5'
const pull_request_url = 'https://github.com/octo-org/octo-repo/pull/7'

async function plannedJob(count: number): Promise<string> {
  const { data } = (await owner.createJob({ body: exampleJob })).body
  const claim = (await planner.claimTodo({ body: { kind: 'plan' } })).body!.data
  const body = { claim_id: claim.claim_id, todos: exampleSteps(count) }
  await planner.putPlan({ params: { todo_id: claim.todo.todo_id }, body })
  return data.job_id
}

/** Claims a todo, stores a result for it and submits it. Gives its id; undefined where there is nothing to do. */
async function work(output: string): Promise<string | undefined> {
  const claim = (await worker.claimTodo({ body: { kind: 'work' } })).body?.data
  if (!claim) return undefined
  const { claim_id, todo } = claim
  const params = { todo_id: todo.todo_id }
  await (await app.container()).putTodoResult({ params, body: { claim_id, output } })
  const submission = { claim_id, round: todo.attempts, pull_request_url, github_username: 'octocat' }
  await worker.putSubmission({ params, body: submission })
  return todo.todo_id
}

/** Claims an audit, where there is one, and approves. */
async function approve(): Promise<void> {
  const claim = (await planner.claimTodo({ body: { kind: 'audit' } })).body?.data
  if (!claim) return
  const params = { todo_id: claim.todo.todo_id }
  await planner.putAudit({ params, body: { claim_id: claim.claim_id, approved: true, reason: 'Fine.' } })
}

test(
  'a job goes from its plan over its work to its result',
  async () => {
    const id = await plannedJob(2)
    const params = { job_id: id }
    const progress = async () => {
      const job = (await owner.getJob({ params })).body.data
      return [job.status, job.progress]
    }
    const ids = [await work('A README.'), await work('A guide.')]
    expect(await progress()).toEqual(['in_progress', 0])
    await approve()
    expect(await progress()).toEqual(['in_progress', 0.5])
    expect(await refusalOf(owner.getJobResult({ params }))).toBe('404 not_found')
    await approve()
    expect(await progress()).toEqual(['completed', 1])
    const result = (await owner.getJobResult({ params })).body.data
    expect(result.results.map(({ todo_id }) => todo_id)).toEqual(ids)
    expect(result.results.map(({ output }) => output)).toEqual(['A README.', 'A guide.'])
  },
  busyMs,
)

test(
  'a job whose last todos are approved at once is completed',
  async () => {
    const id = await plannedJob(6)
    for (let step = 1; step <= 6; step += 1) await work(`Step ${step}`)
    await Promise.all(Array.from({ length: 6 }, () => approve()))
    expect((await owner.getJob({ params: { job_id: id } })).body.data).toMatchObject({
      status: 'completed',
      progress: 1,
    })
  },
  busyMs,
)

test(
  'a job that ends takes its todos and all claims with it',
  async () => {
    const id = await plannedJob(2)
    const params = { job_id: id }
    const { claim_id, todo } = (await worker.claimTodo({ body: { kind: 'work' } })).body!.data
    const ended = (await owner.setJobStatus({ params, body: { status: 'cancelled' } })).body.data
    expect(ended).toMatchObject({ status: 'cancelled', error: null })
    const todos = (await owner.listTodos({ params })).body.data
    expect(todos.map(({ status }) => status)).toEqual(['done', 'failed', 'failed'])
    const body = { claim_id, status: 'in_progress', progress: 0 } as const
    expect(await refusalOf(worker.reportStatus({ params: { todo_id: todo.todo_id }, body }))).toBe('409 lease_lost')
    expect((await worker.claimTodo({ body: { kind: 'work' } })).status).toBe(204)
    expect((await owner.setJobStatus({ params, body: { status: 'cancelled' } })).body.data).toEqual(ended)
    expect(await refusalOf(owner.setJobStatus({ params, body: { status: 'failed' } }))).toBe('409 job_ended')
  },
  busyMs,
)

test(
  'jobs can be ended while others plan, claim and audit them: each call is answered, and nothing goes on',
  async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => plannedJob(5)))
    for (let step = 1; step <= 10; step += 1) await work(`Step ${step}`)
    const attempts = await Promise.allSettled([
      ...Array.from({ length: 10 }, () => approve()),
      ...Array.from({ length: 10 }, () => work('Late.')),
      ...ids.map((id) => owner.setJobStatus({ params: { job_id: id }, body: { status: 'cancelled' } })),
    ])
    const failures = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason as Error] : []))
    // A claim may be lost to whoever ends its job, and a job may be completed just before.
    for (const failure of failures) expect(failure.message).toMatch(/lease_lost|job_ended/)
    const running = await app.query(`select status, claim_id from todos where status not in ('done', 'failed')`)
    expect(running).toEqual([])
    expect(await app.query(`select id from jobs where status in ('pending', 'in_progress')`)).toEqual([])
  },
  busyMs,
)

test('a job is there for its owner only', async () => {
  await app.given.jobExists({ job_id, owner: 'bob', name: 'Secrets' })
  const params = { job_id }
  const calls = [
    owner.getJob({ params }),
    owner.listTodos({ params }),
    owner.getJobResult({ params }),
    owner.setJobStatus({ params, body: { status: 'cancelled' } }),
  ]
  expect(await Promise.all(calls.map(refusalOf))).toEqual(Array.from({ length: 4 }, () => '404 not_found'))
  expect((await owner.listJobs()).body.pagination.total_items).toBe(0)
})

test('jobs are listed page by page, newest first, all or those of a status', async () => {
  await app.given.jobsExist({ owner: 'ann', names: ['one', 'two', 'three'] })
  const { data } = (await owner.listJobs()).body
  await owner.setJobStatus({ params: { job_id: data[1]!.job_id }, body: { status: 'cancelled' } })
  const names = async (query: object) =>
    (await owner.listJobs({ query })).body.data.map(({ swarm_spec }) => swarm_spec.name)
  expect(await names({})).toEqual(['three', 'two', 'one'])
  expect(await names({ page: 2, per_page: 2 })).toEqual(['one'])
  expect(await names({ page: 3, per_page: 2 })).toEqual([])
  expect(await names({ status: 'cancelled' })).toEqual(['two'])
  const beyond = await owner.listJobs({ query: { page: 9, per_page: 2 } })
  expect(beyond.body.pagination).toEqual({ page: 9, per_page: 2, total_items: 3, total_pages: 2 })
})

test('what no database keeps in text is refused, and nothing is stored', async () => {
  const swarm_spec = { ...exampleJob.swarm_spec, name: 'A \u0000 name' }
  expect(await refusalOf(owner.createJob({ body: { ...exampleJob, swarm_spec } }))).toBe('422 validation_error')
  expect(await app.query('select id from jobs')).toEqual([])
})
