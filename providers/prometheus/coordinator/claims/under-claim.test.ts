import { busyMs, exampleCoordinator, startUpMs, type ExampleCoordinator } from '../testing/example-coordinator.ts'
import { exampleSteps } from '../testing/example-job.ts'
import { refusalOf } from '../testing/refusal-of.ts'

let app: ExampleCoordinator
beforeAll(async () => {
  app = await exampleCoordinator()
}, startUpMs)
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(() => app.reset())

const todo_id = '7f3b2e80-4d5c-4e6f-8a71-8293a4b5c6d7'
const claim_id = '915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9'
const job_id = '5d1f0c6e-2b3a-4c4d-8e5f-60718293a4b5'
const params = { todo_id }
const pull_request_url = 'https://github.com/octo-org/octo-repo/pull/7'
const submission = { claim_id, round: 1, pull_request_url, github_username: 'octocat' }
const plan = { claim_id, todos: exampleSteps(3) }
const verdict = { claim_id, approved: true, reason: 'It is fine.' }

const claimed = (kind: 'plan' | 'work', by: string) =>
  app.given.todoClaimed({ todo_id, claim_id, kind, title: 'A guide', by })

test(
  'a plan becomes todos in its order, however often and however much at once it is stored',
  async () => {
    await app.given.jobExists({ job_id, owner: 'ann', name: 'Documentation' })
    await app.given.todoQueued({ todo_id, job_id, kind: 'plan', title: 'Documentation' })
    const owner = await app.owner('ann')
    const planner = await app.node('node-planner')
    const claim = (await planner.claimTodo({ body: { kind: 'plan' } })).body!.data
    const body = { claim_id: claim.claim_id, todos: exampleSteps(100) }
    const replies = await Promise.all([1, 2, 3, 4].map(() => planner.putPlan({ params, body })))
    const [first, ...others] = replies.map((reply) => reply.body.data)
    for (const other of others) expect(other).toEqual(first)
    expect(first!.map(({ title }) => title)).toEqual(body.todos.map(({ title }) => title))
    expect(first![0]).toMatchObject({ kind: 'work', status: 'queued', attempts: 0, repository: { owner: 'octo-org' } })
    const todos = await owner.listTodos({ params: { job_id }, query: { per_page: 100 } })
    expect(todos.body.pagination).toMatchObject({ total_items: 101, total_pages: 2 })
    expect(todos.body.data[0]).toMatchObject({ kind: 'plan', status: 'done' })
    const other = { ...body, todos: exampleSteps(2) }
    expect(await refusalOf(planner.putPlan({ params, body: other }))).toBe('409 conflict')
  },
  busyMs,
)

test('a plan is stored as a whole or not at all', async () => {
  await claimed('plan', 'node-planner')
  const planner = await app.node('node-planner')
  const todos = [...exampleSteps(2), { title: 'A step \u0000 that no database keeps', description: '' }]
  expect(await refusalOf(planner.putPlan({ params, body: { claim_id, todos } }))).toBe('422 validation_error')
  expect(await app.query('select id from todos')).toHaveLength(1)
  expect((await planner.putPlan({ params, body: plan })).body.data).toHaveLength(3)
})

test('a pull request is set once under a claim, and the same again changes nothing', async () => {
  await claimed('work', 'node-worker')
  const worker = await app.node('node-worker')
  const body = { claim_id, pull_request_url }
  const todo = (await worker.putPullRequest({ params, body })).body.data
  expect(todo).toMatchObject({ status: 'claimed', pull_request_url })
  expect((await worker.putPullRequest({ params, body })).body.data).toEqual(todo)
  const other = { claim_id, pull_request_url: `${pull_request_url}7` }
  expect(await refusalOf(worker.putPullRequest({ params, body: other }))).toBe('409 conflict')
})

test(
  'what is submitted stays so, also when the same comes again and once it was rejected',
  async () => {
    await claimed('work', 'node-worker')
    const worker = await app.node('node-worker')
    const planner = await app.node('node-planner')
    expect(await refusalOf(worker.getSubmission({ params }))).toBe('404 not_found')
    const submitted = await worker.putSubmission({ params, body: submission })
    const known = submitted.body.data
    expect(known).toMatchObject({ todo_id, round: 1, github_username: 'octocat', pull_request_url })
    expect((await planner.getSubmission({ params })).body.data).toEqual(known)
    const audit = (await planner.claimTodo({ body: { kind: 'audit' } })).body!.data
    expect(audit.submission).toEqual(known)
    const rejection = { claim_id: audit.claim_id, approved: false, reason: 'Nothing is tested.' }
    const rejected = (await planner.putAudit({ params, body: rejection })).body.data
    expect(rejected).toMatchObject({ status: 'queued', pull_request_url: null, attempts: 1 })
    expect(await refusalOf(worker.getSubmission({ params }))).toBe('404 not_found')
    expect((await worker.putSubmission({ params, body: submission })).body.data).toEqual(known)
    const other = { ...submission, round: 2 }
    expect(await refusalOf(worker.putSubmission({ params, body: other }))).toBe('409 conflict')
  },
  busyMs,
)

test(
  'a rejection at the last attempt fails the todo and its job, the reason as its error',
  async () => {
    await app.given.jobExists({ job_id, owner: 'ann', name: 'Documentation' })
    await app.given.todoQueued({ todo_id, job_id, kind: 'work', title: 'A guide' })
    await app.given.auditClaimed({ todo_id, claim_id, by: 'node-planner' })
    await app.query('update todos set attempts = 5 where id = $1', [todo_id])
    const planner = await app.node('node-planner')
    const body = { ...verdict, approved: false, reason: 'Still nothing is tested.' }
    const [todo, again] = await Promise.all([1, 2].map(() => planner.putAudit({ params, body })))
    expect(todo!.body.data).toMatchObject({ status: 'failed', pull_request_url: null })
    expect(again!.body.data).toEqual(todo!.body.data)
    const job = (await (await app.owner('ann')).getJob({ params: { job_id } })).body.data
    expect(job).toMatchObject({ status: 'failed', error: 'Still nothing is tested.' })
  },
  busyMs,
)

test(
  'a verdict is given once',
  async () => {
    await app.given.auditClaimed({ todo_id, claim_id, by: 'node-planner' })
    const planner = await app.node('node-planner')
    const replies = await Promise.all([1, 2, 3].map(() => planner.putAudit({ params, body: verdict })))
    for (const { body } of replies) expect(body.data).toMatchObject({ todo_id, status: 'done' })
    const other = { ...verdict, approved: false }
    expect(await refusalOf(planner.putAudit({ params, body: other }))).toBe('409 conflict')
  },
  busyMs,
)

test('a todo that there is not is not found, whatever the claim', async () => {
  await claimed('work', 'node-worker')
  const worker = await app.node('node-worker')
  const unknown = { todo_id: '00000000-0000-4000-8000-000000000000' }
  expect(await refusalOf(worker.putSubmission({ params: unknown, body: submission }))).toBe('404 not_found')
})

test.each([
  ['is unknown', async () => ({ claim_id: crypto.randomUUID() })],
  ['belongs to another node', () => claimed('work', 'node-planner')],
  ['is over', () => app.given.leaseExpired({ todo_id, claim_id, kind: 'work', by: 'node-worker' })],
  [
    'is on another todo',
    async () => {
      await app.query(`update todos set claim_id = null, lease_expires_at = null, status = 'queued'`)
      await app.given.todoClaimed({
        todo_id: crypto.randomUUID(),
        claim_id: crypto.randomUUID(),
        kind: 'work',
        title: 'Another',
        by: 'node-worker',
      })
    },
  ],
])('a claim that %s is lost', async (_name, prepare) => {
  await claimed('work', 'node-worker')
  const changes = await prepare()
  const worker = await app.node('node-worker')
  const call = worker.putSubmission({ params, body: { ...submission, ...changes } })
  expect(await refusalOf(call)).toBe('409 lease_lost')
})

test('a claim is for what it was made for', async () => {
  const worker = await app.node('node-worker')
  await claimed('work', 'node-worker')
  expect(await refusalOf(worker.putPlan({ params, body: plan }))).toBe('409 wrong_kind')
  expect(await refusalOf(worker.putAudit({ params, body: verdict }))).toBe('409 wrong_kind')
  await claimed('plan', 'node-worker')
  expect(await refusalOf(worker.putSubmission({ params, body: submission }))).toBe('409 wrong_kind')
  expect(await refusalOf(worker.putPullRequest({ params, body: { claim_id, pull_request_url } }))).toBe(
    '409 wrong_kind',
  )
})
