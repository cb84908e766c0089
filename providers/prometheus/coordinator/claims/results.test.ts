import { busyMs, exampleCoordinator, startUpMs, type ExampleCoordinator } from '../testing/example-coordinator.ts'
import { refusalOf } from '../testing/refusal-of.ts'

let app: ExampleCoordinator
beforeAll(async () => {
  app = await exampleCoordinator()
}, startUpMs)
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(() => app.reset())

const todo_id = '7f3b2e80-4d5c-4e6f-8a71-8293a4b5c6d7'
const claim_id = '915d40a2-6f7e-4081-8c93-a4b5c6d7e8f9'
const params = { todo_id }
const body = { claim_id, output: 'The guide is written.', metadata: { commit: 'abc1234', branch: 'main' } }

const claimed = () => app.given.todoClaimed({ todo_id, claim_id, kind: 'work', title: 'A guide', by: 'node-worker' })

test(
  'of the same result many times at once one is created, and all answer the same',
  async () => {
    await claimed()
    const container = await app.container()
    const replies = await Promise.all(Array.from({ length: 8 }, () => container.putTodoResult({ params, body })))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    for (const reply of replies) expect(reply.body.data).toEqual(replies[0]!.body.data)
    expect(replies[0]!.body.data).toMatchObject({ todo_id, output: body.output, metadata: body.metadata })
  },
  busyMs,
)

test('the order of metadata makes no difference, its content does', async () => {
  await claimed()
  const container = await app.container()
  await container.putTodoResult({ params, body })
  const turned = { ...body, metadata: { branch: 'main', commit: 'abc1234' } }
  expect((await container.putTodoResult({ params, body: turned })).status).toBe(200)
  const other = { ...body, metadata: {} }
  expect(await refusalOf(container.putTodoResult({ params, body: other }))).toBe('409 conflict')
})

test('of two results under one claim at once one is stored, the other a conflict', async () => {
  await claimed()
  const container = await app.container()
  const outcomes = await Promise.all(
    ['one', 'two'].map((output) =>
      container.putTodoResult({ params, body: { ...body, output } }).then(
        ({ body: reply }) => reply.data.output,
        (error: { status: number }) => error.status,
      ),
    ),
  )
  expect(outcomes.filter((outcome) => outcome === 409)).toHaveLength(1)
})

test(
  'the result of a later claim takes the place of an earlier one',
  async () => {
    await claimed()
    const container = await app.container()
    const worker = await app.node('node-worker')
    await container.putTodoResult({ params, body })
    await app.endLeases()
    expect(await refusalOf(container.putTodoResult({ params, body: { ...body, output: 'Late.' } }))).toBe(
      '409 conflict',
    )
    const later = (await worker.claimTodo({ body: { kind: 'work' } })).body!.data.claim_id
    const better = { claim_id: later, output: 'A better guide.' }
    expect(await container.putTodoResult({ params, body: better })).toMatchObject({
      status: 200,
      body: { data: { output: 'A better guide.', metadata: {} } },
    })
    expect((await container.putTodoResult({ params, body })).body.data.output).toBe('The guide is written.')
    const [counted] = await app.query('select result_claim_id from todos where id = $1', [todo_id])
    expect(counted).toEqual({ result_claim_id: later })
  },
  busyMs,
)

test('a result belongs to a claim that holds and is no audit', async () => {
  await claimed()
  const container = await app.container()
  const put = (claim: string) => container.putTodoResult({ params, body: { ...body, claim_id: claim } })
  expect(await refusalOf(put(crypto.randomUUID()))).toBe('409 lease_lost')
  await app.endLeases()
  expect(await refusalOf(put(claim_id))).toBe('409 lease_lost')
  const audit = crypto.randomUUID()
  await app.given.auditClaimed({ todo_id, claim_id: audit, by: 'node-planner' })
  expect(await refusalOf(put(audit))).toBe('409 lease_lost')
  const unknown = { todo_id: '00000000-0000-4000-8000-000000000000' }
  expect(await refusalOf(container.putTodoResult({ params: unknown, body }))).toBe('404 not_found')
})
