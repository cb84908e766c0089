import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { leaseMs } from '../shared/testing/example-ledger.ts'
import { pullRequestUrl } from '../shared/testing/example-container.ts'
import type { ExampleNode } from '../shared/testing/example-node.ts'
import { exampleWorker } from './testing/example-worker.ts'

let node: ExampleNode
beforeEach(async () => {
  node = await exampleWorker()
})
afterEach(() => node[Symbol.asyncDispose]())

const report = { pull_request_url: pullRequestUrl }
const submitted = ['putPullRequest', 'putSubmission']

async function outcomes(...expected: readonly string[]): Promise<void> {
  await node.clock.until(
    `the coordinator has ${expected.join(', ')}`,
    () => node.coordinator.outcomes().length >= expected.length,
  )
  expect(node.coordinator.outcomes()).toEqual(expected)
}

async function abandoned(taskId: string): Promise<void> {
  await node.clock.until('the task is abandoned', async () => (await node.status(taskId)) === 'abandoned')
}

test('work is claimed, given to the container, and its pull request submitted as the round of this attempt', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  expect(taskId).toBe(node.coordinator.lastClaim())
  expect(await node.status(taskId)).toBe('awaited')
  expect(await node.report(taskId, 'pull-request', report)).toEqual({ status: 204, body: undefined })
  await outcomes(...submitted)
  expect(node.coordinator.calls.at(-1)?.body).toEqual({
    claim_id: taskId,
    round: 2,
    pull_request_url: pullRequestUrl,
    github_username: 'example-node',
  })
  expect(await node.status(taskId)).toBe('reported')
})

test('a report wakes the node: no pause has to end before', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  await node.clock.until('the lease was renewed', () => node.coordinator.calls.length > 0)
  const before = node.clock.now()
  await node.report(taskId, 'pull-request', report)
  while (node.coordinator.outcomes().length < 2) await new Promise((resolve) => setImmediate(resolve))
  expect(node.clock.now()).toBe(before)
})

test('the same report again changes nothing, another one is refused', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  await node.report(taskId, 'pull-request', report)
  await outcomes(...submitted)
  expect((await node.report(taskId, 'pull-request', report)).status).toBe(204)
  const other = await node.report(taskId, 'pull-request', { pull_request_url: `${pullRequestUrl}0` })
  expect(other).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } })
  expect(await node.report(taskId, 'failure', { message: 'No.' })).toMatchObject({ status: 409 })
  expect(node.coordinator.outcomes()).toEqual(submitted)
})

test('two reports at once are one, or one is refused', async () => {
  await node.start()
  const task_id = crypto.randomUUID()
  await node.states.handlers.taskAwaited({ task_id })
  const answers = await Promise.all(
    [1, 2].map((number) => node.report(task_id, 'pull-request', { pull_request_url: `${pullRequestUrl}${number}` })),
  )
  expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([204, 409]))
})

test('a failure of the container gives the todo back, with what it said', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  expect((await node.report(taskId, 'failure', { message: 'The agent is at its end.' })).status).toBe(204)
  await outcomes('reportStatus')
  expect(node.coordinator.calls.at(-1)?.body).toMatchObject({ status: 'failed', message: 'The agent is at its end.' })
})

test('while the container works on it the lease is renewed, every third of it', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  const started = node.clock.now()
  const before = node.coordinator.calls.length
  await node.clock.until('the lease was renewed', () => node.coordinator.calls.length >= before + 6)
  // One of the six may have been on its way when counting began.
  expect(node.clock.now() - started).toBeGreaterThanOrEqual((leaseMs / 3) * 4)
  expect(await node.status(taskId)).toBe('awaited')
  await node.report(taskId, 'pull-request', report)
  await outcomes(...submitted)
})

test('a pull request whose report is lost is fetched from the container, which gets a while to report it', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  await node.clock.until('the lease was renewed', () => node.coordinator.calls.length > 0)
  node.container.succeed(taskId)
  const asked = node.container.asked(taskId)
  await outcomes(...submitted)
  expect(node.container.asked(taskId) - asked).toBe(2)
  expect(node.coordinator.calls.at(-1)?.body).toMatchObject({ pull_request_url: pullRequestUrl })
  expect((await node.report(taskId, 'pull-request', report)).status).toBe(204)
})

test('a failure whose report is lost is asked for too', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  node.container.fail(taskId, 'The agent is at its end.')
  await outcomes('reportStatus')
  expect(node.coordinator.calls.at(-1)?.body).toMatchObject({ status: 'failed', message: 'The agent is at its end.' })
})

test('where the lease is lost the task is abandoned, its report refused, and the next one claimed', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  node.coordinator.loseLeases()
  node.coordinator.queue('work')
  await abandoned(taskId)
  const refused = await node.report(taskId, 'pull-request', report)
  expect(refused).toMatchObject({ status: 409, body: { error: { code: 'abandoned' } } })
  const nextId = await node.given()
  await node.report(nextId, 'pull-request', report)
  await outcomes(...submitted)
})

test('a report that comes when the lease is lost is the container’s last word: the task is abandoned after it', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  await node.clock.until('the lease was renewed', () => node.coordinator.calls.length > 0)
  node.coordinator.loseLeases()
  expect((await node.report(taskId, 'pull-request', report)).status).toBe(204)
  await abandoned(taskId)
  expect(node.coordinator.outcomes()).toEqual([])
})

test('a container that knows the task no more, or does not answer, lets the lease run out', async () => {
  for (const lose of [async () => node.container.forget(), () => node.container.down()]) {
    node.coordinator.queue('work')
    await node.start()
    const taskId = await node.given()
    await lose()
    const started = node.clock.now()
    await abandoned(taskId)
    expect(node.clock.now() - started).toBeGreaterThan(leaseMs / 2)
    expect(node.coordinator.outcomes()).toEqual([])
    await node.container.up()
  }
})

test('it starts without coordinator and container, claims nothing while one is away, and goes on once both are there', async () => {
  await Promise.all([node.coordinator.down(), node.container.down()])
  await node.start()
  expect(await node.get('/health')).toEqual({ status: 200, body: { status: 'healthy', coordinator: 'unreached' } })
  node.coordinator.queue('work')
  await node.coordinator.up()
  await node.clock.until('the coordinator is reached', async () => (await node.reach()) === 'reached')
  expect(node.coordinator.claimed()).toBe(0)
  await node.container.up()
  const taskId = await node.given()
  await node.report(taskId, 'pull-request', report)
  await outcomes(...submitted)
})

test('a report that the coordinator cannot be told is told when it is there again', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  await node.clock.until('the lease was renewed', () => node.coordinator.calls.length > 0)
  await node.coordinator.down()
  expect((await node.report(taskId, 'pull-request', report)).status).toBe(204)
  await node.clock.until('the coordinator is missed', async () => (await node.reach()) === 'unreached')
  await node.coordinator.up()
  await outcomes(...submitted)
})

test('a task is taken up again by the next process: waited for, and not given to the container once more', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  await node.clock.until('the lease was renewed', () => node.coordinator.calls.length > 0)
  await node.start()
  expect(await node.status(taskId)).toBe('awaited')
  await node.report(taskId, 'pull-request', report)
  await outcomes(...submitted)
  expect(node.container.given).toEqual([taskId])
})

test('a report that was taken and not told by one process is told by the next one', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  await node.clock.until('the lease was renewed', () => node.coordinator.calls.length > 0)
  await node.coordinator.down()
  expect((await node.report(taskId, 'pull-request', report)).status).toBe(204)
  await node.stop()
  await node.coordinator.up()
  await node.start()
  await outcomes(...submitted)
  expect(await node.status(taskId)).toBe('reported')
})

test('a report that came while the node was down is fetched', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  await node.stop()
  node.container.succeed(taskId)
  await node.start()
  await outcomes(...submitted)
})

test('tasks that are put into its directory are awaited, left alone by its work, and forgotten with their files', async () => {
  await node.start()
  const task_id = crypto.randomUUID()
  expect(await node.status(task_id)).toBeUndefined()
  await node.states.handlers.taskAwaited({ task_id })
  expect(await node.status(task_id)).toBe('awaited')
  await node.start()
  const started = node.clock.now()
  await node.clock.until('a lease would have run out', () => node.clock.now() - started > 2 * leaseMs)
  expect(await node.status(task_id)).toBe('awaited')
  expect(node.container.asked(task_id)).toBe(0)
  expect((await node.report(task_id, 'pull-request', report)).status).toBe(204)
  await node.states.reset()
  expect(await node.status(task_id)).toBeUndefined()
})

test('a task whose file is removed is not followed any more', async () => {
  node.coordinator.queue('work')
  await node.start()
  const taskId = await node.given()
  node.coordinator.queue('work')
  await node.clock.until('the next task is given to the container', async () => {
    // A look at the task that was under way may write the file once more.
    await rm(join(node.directory, `${taskId}.json`), { force: true })
    return node.container.given.length > 1
  })
  expect(await readdir(node.directory)).not.toContain(`${taskId}.json`)
  expect(await node.report(taskId, 'pull-request', report)).toMatchObject({ status: 404 })
})
