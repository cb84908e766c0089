import type { ExampleNode } from '../shared/testing/example-node.ts'
import { leaseMs } from '../shared/testing/example-ledger.ts'
import { examplePlanner } from './testing/example-planner.ts'

let node: ExampleNode
beforeEach(async () => {
  node = await examplePlanner()
})
afterEach(() => node[Symbol.asyncDispose]())

const todos = [
  { title: 'Say hello', description: 'To all.' },
  { title: 'Say goodbye', description: '' },
]
const approval = { approved: true, reason: 'It says hello.' }

async function outcomes(...expected: readonly string[]): Promise<void> {
  await node.clock.until(
    `the coordinator has ${expected.join(', ')}`,
    () => node.coordinator.outcomes().length >= expected.length,
  )
  expect(node.coordinator.outcomes()).toEqual(expected)
}

async function auditAsked(times = 1): Promise<void> {
  await node.clock.until('the container is asked for an audit', () => node.container.audits() >= times)
}

test('a plan is claimed, made by the container, and its steps are stored in order', async () => {
  node.coordinator.queue('plan')
  await node.start()
  const taskId = await node.given()
  expect((await node.report(taskId, 'plan', { todos })).status).toBe(204)
  await outcomes('putPlan')
  expect(node.coordinator.calls.at(-1)?.body).toEqual({ claim_id: taskId, todos })
  expect((await node.report(taskId, 'plan', { todos })).status).toBe(204)
  const other = await node.report(taskId, 'plan', { todos: todos.toReversed() })
  expect(other).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
})

test('a submission is judged by the container, and the verdict stored', async () => {
  node.coordinator.queue('audit')
  await node.start()
  await auditAsked()
  node.container.judge(approval)
  await outcomes('putAudit')
  expect(node.coordinator.calls.at(-1)?.body).toEqual({ claim_id: node.coordinator.lastClaim(), ...approval })
})

test('while the agent judges the lease is renewed', async () => {
  node.coordinator.queue('audit')
  await node.start()
  await auditAsked()
  const started = node.clock.now()
  await node.clock.until('a lease would have run out', () => node.clock.now() - started > 2 * leaseMs)
  node.container.judge(approval)
  await outcomes('putAudit')
})

test('an audit whose lease is lost is broken off', async () => {
  node.coordinator.queue('audit')
  await node.start()
  await auditAsked()
  node.coordinator.loseLeases()
  node.coordinator.queue('plan')
  const taskId = await node.given()
  await node.report(taskId, 'plan', { todos })
  await outcomes('putPlan')
})

test('an audit is no task to callbacks', async () => {
  node.coordinator.queue('audit')
  await node.start()
  await auditAsked()
  const claim = node.coordinator.lastClaim()
  expect(await node.report(claim, 'failure', { message: 'No.' })).toMatchObject({ status: 404 })
  node.container.judge(approval)
  await outcomes('putAudit')
})

test('a verdict that could not be told is told by the next process, and the agent not asked again', async () => {
  node.coordinator.queue('audit')
  await node.start()
  await auditAsked()
  await node.coordinator.down()
  node.container.judge(approval)
  await node.clock.until('the coordinator is missed', async () => (await node.reach()) === 'unreached')
  await node.stop()
  await node.coordinator.up()
  await node.start()
  await outcomes('putAudit')
  expect(node.container.audits()).toBe(1)
})

test('an audit that the container was asked for when the process ended is asked for again by the next one', async () => {
  node.coordinator.queue('audit')
  await node.start()
  await auditAsked()
  await node.start()
  await auditAsked(2)
  node.container.judge(approval)
  await outcomes('putAudit')
})

test('plans and audits take turns: neither has to wait until there is nothing of the other', async () => {
  for (const kind of ['plan', 'plan', 'audit'] as const) node.coordinator.queue(kind)
  await node.start()
  await node.report(await node.given(), 'plan', { todos })
  await auditAsked()
  node.container.judge(approval)
  await node.report(await node.given(), 'plan', { todos })
  await outcomes('putPlan', 'putAudit', 'putPlan')
})

test('a plan that was made and not reported is lost with its lease', async () => {
  node.coordinator.queue('plan')
  await node.start()
  const taskId = await node.given()
  node.container.succeed(taskId)
  await node.clock.until('the task is abandoned', async () => (await node.status(taskId)) === 'abandoned')
  expect(node.coordinator.outcomes()).toEqual([])
})
