import { container } from '#contracts/prometheus/container.ts'
import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { mock as containerMock } from '../../container.mock.ts'
import { coordinatorBy } from '../../coordinator.mock.ts'
import { makeWorkerMemory, type WorkerMemory } from '../../node-worker/memory.ts'
import { followingOf } from '../../node-worker/working.ts'
import { eventually, run, type Running } from '../testing/running.ts'
import type { ActiveNode } from './active-node.ts'
import type { Claim } from './claiming.ts'
import { followTask } from './follow-task.ts'

const todo_id = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'
const claim_id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const pull_request_url = 'https://github.com/octo-org/octo-repo/pull/7'
const params = { todo_id }
const running = { task_id: claim_id, todo_id, kind: 'work', title: 'Pack' } as const

type Setting = AsyncDisposable &
  Readonly<{
    coordinator: Running<typeof coordinator>
    container: Running<typeof container>
    node: ActiveNode<string>
    claim: Claim
    follow: () => Promise<void>
    /** Resolves once the node waits for the report, and for nothing else. */
    idle: () => Promise<void>
    /** Lets more than a third of the lease go by, once the node is idle. */
    passThird: () => Promise<void>
    /** How the todo stands at the coordinator, and the task at the node. */
    todo: () => Promise<Claim['todo']>
    task: () => string
  }>

/** Signatures are made by the real clock: a test may not go on for longer than one is good. */
const leaseSeconds = 30

/** A worker that has claimed a todo, with a coordinator and with a container that reports nothing by itself. */
async function setting(): Promise<Setting> {
  let ahead = 0
  const now = (): number => Date.now() + ahead
  const environment = { LEASE_SECONDS: String(leaseSeconds) }
  const atCoordinator = run(coordinator, coordinatorBy(now), { environment })
  const atContainer = run(container, containerMock)
  const given = coordinator.states.todoClaimed({ todo_id, claim_id, kind: 'work', title: 'Pack', by: 'node-worker' })
  await atCoordinator.given(given)
  const control = new AbortController()
  const signed = atCoordinator.api({ kind: 'signed', secret: developmentKeys.worker.privateKey })
  const { memory, idle, wake } = watched(makeWorkerMemory({}, now))
  const api = { coordinator: signed, container: await atContainer.as('node') }
  const node: ActiveNode<string> = { memory, ...api, signal: control.signal }
  const body = { claim_id, status: 'in_progress', progress: 0 } as const
  const claim = (await signed.reportStatus({ params, body })).body.data
  const { job_id } = claim.todo
  await atCoordinator.given(coordinator.states.jobExists({ job_id, owner: 'ann', name: 'Holidays' }))
  const owner = await atCoordinator.as('owner', 'ann')
  return {
    coordinator: atCoordinator,
    container: atContainer,
    node,
    claim,
    follow: () => followTask(node, claim, followingOf(node)),
    idle,
    async passThird() {
      await idle()
      ahead += (leaseSeconds / 3 + 1) * 1000
      wake()
    },
    async todo() {
      const { data } = (await owner.listTodos({ params: { job_id } })).body
      return data.find((todo) => todo.todo_id === todo_id)!
    },
    task: () => memory.tasks.get(claim_id).status,
    async [Symbol.asyncDispose]() {
      control.abort()
      await atCoordinator[Symbol.asyncDispose]()
      await atContainer[Symbol.asyncDispose]()
    },
  }
}

type Watched = Readonly<{ memory: WorkerMemory; idle: () => Promise<void>; wake: () => void }>

/** A memory of which one knows when its node waits for a report. */
function watched(memory: WorkerMemory): Watched {
  const { reported } = memory.tasks
  let isWaiting = false
  function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    isWaiting = true
    return reported.wait(milliseconds, signal)
  }
  return {
    memory: { ...memory, tasks: { ...memory.tasks, reported: { ...reported, wait } } },
    async idle() {
      await eventually(
        () => Promise.resolve(isWaiting),
        (is) => is,
      )
    },
    wake() {
      isWaiting = false
      reported.ring()
    },
  }
}

test('the pull request that is reported is submitted', async () => {
  await using at = await setting()
  await at.container.given(container.states.taskRunning(running))
  const followed = at.follow()
  at.node.memory.tasks.report(claim_id, { kind: 'product', product: pull_request_url })
  await followed
  expect(await at.todo()).toMatchObject({ status: 'submitted', pull_request_url })
  expect((await at.node.coordinator.getSubmission({ params })).body.data).toMatchObject({
    round: 1,
    pull_request_url,
    github_username: 'prometheus-node',
  })
  expect(at.task()).toBe('reported')
})

test('the lease is renewed while the container works', async () => {
  await using at = await setting()
  await at.container.given(container.states.taskRunning(running))
  const followed = at.follow()
  for (let count = 0; count < 3; count++) await at.passThird()
  await at.idle()
  expect(await at.todo()).toMatchObject({ status: 'in_progress', attempts: 1 })
  at.node.memory.tasks.report(claim_id, { kind: 'product', product: pull_request_url })
  await followed
  expect(await at.todo()).toMatchObject({ status: 'submitted', attempts: 1 })
})

test('where the container knows the task no more, the lease runs out and the task is abandoned', async () => {
  await using at = await setting()
  await at.container.given(container.states.taskRunning(running))
  const followed = at.follow()
  await at.idle()
  await at.container.started.reset()
  for (let count = 0; count < 2; count++) await at.passThird()
  await at.idle()
  expect(at.task()).toBe('awaited')
  await at.passThird()
  await followed
  expect(at.task()).toBe('abandoned')
  expect(await at.todo()).toMatchObject({ status: 'queued', attempts: 1 })
})

test('where the lease is lost, the task is abandoned', async () => {
  await using at = await setting()
  await at.container.given(container.states.taskRunning(running))
  const followed = at.follow()
  const owner = await at.coordinator.as('owner', 'ann')
  await owner.setJobStatus({ params: { job_id: at.claim.todo.job_id }, body: { status: 'cancelled' } })
  await at.passThird()
  await followed
  expect(at.task()).toBe('abandoned')
})

test('a pull request that comes too late is not submitted', async () => {
  await using at = await setting()
  await at.container.given(container.states.taskRunning(running))
  const owner = await at.coordinator.as('owner', 'ann')
  const followed = at.follow()
  await owner.setJobStatus({ params: { job_id: at.claim.todo.job_id }, body: { status: 'cancelled' } })
  at.node.memory.tasks.report(claim_id, { kind: 'product', product: pull_request_url })
  await followed
  expect(at.task()).toBe('abandoned')
  expect(await at.todo()).toMatchObject({ status: 'failed', pull_request_url: null })
})

test('where the report does not come, the pull request is fetched', async () => {
  await using at = await setting()
  const succeeded = container.states.taskSucceeded({ task_id: claim_id, todo_id, title: 'Pack', pull_request_url })
  await at.container.given(succeeded)
  const followed = at.follow()
  await at.passThird()
  await at.idle()
  expect(at.task()).toBe('awaited')
  await at.passThird()
  await followed
  expect(await at.todo()).toMatchObject({ status: 'submitted', pull_request_url })
  expect(at.task()).toBe('reported')
})

test('a task that failed gives the todo back', async () => {
  await using at = await setting()
  await at.container.given(container.states.taskFailed({ task_id: claim_id, todo_id, kind: 'work', error: 'No bags.' }))
  const followed = at.follow()
  for (let count = 0; count < 2; count++) await at.passThird()
  await followed
  expect((await at.todo()).status).toBe('queued')
  expect(at.node.memory.tasks.reportOf(claim_id)).toEqual({ kind: 'failure', message: 'No bags.' })
})

test('a task whose id another one has gives the todo back', async () => {
  await using at = await setting()
  await at.container.given(container.states.taskRunning({ ...running, title: 'Go' }))
  await at.follow()
  expect((await at.todo()).status).toBe('queued')
  expect(at.node.memory.tasks.reportOf(claim_id)).toEqual({
    kind: 'failure',
    message: 'The container has another task under this id.',
  })
})
