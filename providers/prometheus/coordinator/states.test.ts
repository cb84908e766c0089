import { busyMs, exampleCoordinator, startUpMs, type ExampleCoordinator } from './testing/example-coordinator.ts'
import { refusalOf } from './testing/refusal-of.ts'

let app: ExampleCoordinator
beforeAll(async () => {
  app = await exampleCoordinator()
}, startUpMs)
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(() => app.reset())

const todo_id = '7f3b2e80-4d5c-4e6f-8a71-8293a4b5c6d7'
const claim_id = '915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9'
const job_id = '5d1f0c6e-2b3a-4c4d-8e5f-60718293a4b5'
const pull_request_url = 'https://github.com/octo-org/octo-repo/pull/7'

test('a claim is the node that its state names, whichever of the two is set up first', async () => {
  const body = { claim_id, status: 'in_progress', progress: 0 } as const
  await app.given.todoClaimed({ todo_id, claim_id, kind: 'work', title: 'A guide', by: 'node-x' })
  const node = await app.node('node-x')
  expect((await node.reportStatus({ params: { todo_id }, body })).status).toBe(200)
  await app.reset()
  const again = await app.node('node-x')
  await app.given.todoClaimed({ todo_id, claim_id, kind: 'work', title: 'A guide', by: 'node-x' })
  expect((await again.reportStatus({ params: { todo_id }, body })).status).toBe(200)
})

test(
  'where a todo is queued no other waits, and where the queue is empty none does',
  async () => {
    await app.given.jobExists({ job_id, owner: 'ann', name: 'Documentation' })
    await app.given.todoQueued({ todo_id, job_id: crypto.randomUUID(), kind: 'plan', title: 'Tests' })
    const planner = await app.node('node-planner')
    const claim = (await planner.claimTodo({ body: { kind: 'plan' } })).body!.data
    expect(claim.todo.todo_id).toBe(todo_id)
    expect((await planner.claimTodo({ body: { kind: 'plan' } })).status).toBe(204)
    await app.given.todoQueued({ todo_id, job_id, kind: 'work', title: 'Tests' })
    await app.given.todoSubmitted({ todo_id: crypto.randomUUID(), by: 'node-worker', round: 1, pull_request_url })
    await app.given.queueEmpty({})
    for (const kind of ['plan', 'work', 'audit'] as const)
      expect((await planner.claimTodo({ body: { kind } })).status).toBe(204)
  },
  busyMs,
)

test('a job that is there for its todos only gets its owner later', async () => {
  await app.given.todoQueued({ todo_id, job_id, kind: 'work', title: 'A guide' })
  await app.given.jobExists({ job_id, owner: 'ann', name: 'Documentation' })
  const owner = await app.owner('ann')
  const todos = (await owner.listTodos({ params: { job_id } })).body.data
  expect(todos.map(({ kind, status }) => [kind, status])).toEqual([
    ['plan', 'done'],
    ['work', 'queued'],
  ])
  expect((await owner.getJob({ params: { job_id } })).body.data).toMatchObject({ status: 'in_progress', progress: 0 })
})

test.each(['pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const)(
  'a job exists with the status %s',
  async (status) => {
    await app.given.jobExists({ job_id, owner: 'ann', name: 'Documentation', status })
    const job = (await (await app.owner('ann')).getJob({ params: { job_id } })).body.data
    expect(job).toMatchObject({ job_id, status, swarm_spec: { name: 'Documentation' } })
  },
)

test('a completed job has its results in the order of its state', async () => {
  const results = ['Wrote a README.', 'Wrote a guide.'].map((output) => ({
    todo_id: crypto.randomUUID(),
    output,
    metadata: { commit: 'abc1234' },
  }))
  await app.given.jobCompleted({ job_id, owner: 'ann', results })
  const known = (await (await app.owner('ann')).getJobResult({ params: { job_id } })).body.data
  expect(known.results).toMatchObject(results)
})

test('a result that is stored is that of the claim, which goes on', async () => {
  await app.given.todoClaimed({ todo_id, claim_id, kind: 'work', title: 'A guide', by: 'node-worker' })
  await app.given.todoResultStored({ todo_id, claim_id, output: 'Done.' })
  const container = await app.container()
  const params = { todo_id }
  expect((await container.putTodoResult({ params, body: { claim_id, output: 'Done.' } })).status).toBe(200)
  const other = { claim_id, output: 'Something else.' }
  expect(await refusalOf(container.putTodoResult({ params, body: other }))).toBe('409 conflict')
})

test('a reset takes everything back but the nodes of NODE_KEYS', async () => {
  await app.given.jobsExist({ owner: 'ann', names: ['one', 'two'] })
  await app.given.auditClaimed({ todo_id, claim_id, by: 'node-planner' })
  const node = await app.node('node-x')
  await (
    await app.container()
  ).addLogs({
    body: { entries: [{ task_id: claim_id, level: 'info', message: 'x', timestamp: new Date().toISOString() }] },
  })
  await app.reset()
  for (const table of ['jobs', 'todos', 'claims', 'submissions', 'results', 'logs', 'used_signatures'])
    expect(await app.query(`select * from ${table}`)).toEqual([])
  const names = await app.query('select name from nodes order by name')
  expect(names).toEqual([{ name: 'node-planner' }, { name: 'node-worker' }])
  expect(await refusalOf(node.claimTodo({ body: { kind: 'work' } }))).toBe('401 key_unknown')
})
