import { container } from '#contracts/prometheus/container.ts'
import { planner, worker } from '#contracts/prometheus/node.ts'
import { client } from '#harness/client/client.ts'
import type { Peers } from '#harness/mock/background.ts'
import type { Mock, MockOptions, StartedMock } from '#harness/mock/mock.ts'
import { intercept } from '#harness/mock/msw/intercept.ts'
import { mock as containerMock } from '../container.mock.ts'
import { mock as coordinatorMock } from '../coordinator.mock.ts'
import { mock as plannerMock } from '../node-planner.mock.ts'
import { mock as workerMock } from '../node-worker.mock.ts'
import { eventually } from '../shared/testing/running.ts'
import type { NewTask } from './agent.ts'

const peers: Peers = (component) => `http://${component}.test`
const job_id = '5c1d9f3a-7b2e-4d6c-9a8f-0b1c2d3e4f5a'
const todo_id = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'
const first = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const second = '7e8f9a0b-1c2d-4e3f-8a4b-5c6d7e8f9a0b'
const repository = { owner: 'octo-org', name: 'octo-repo' }
const work = { kind: 'work', todo_id, job_id, title: 'Pack', description: 'All of it.', repository } as const

type Setting = AsyncDisposable &
  Readonly<{
    coordinator: StartedMock
    planner: StartedMock
    worker: StartedMock
    start: (taskId: string, task: NewTask) => Promise<unknown>
    served: readonly string[]
    servedTimes: (line: string, times: number) => Promise<unknown>
  }>

/** A container at work; those that it reports to do nothing by themselves. */
async function setting(): Promise<Setting> {
  const served: string[] = []
  function start(mock: Mock, options: MockOptions = {}): StartedMock {
    return mock.start({ ...options, onServed: ({ operation, status }) => served.push(`${operation} ${status}`) })
  }
  const all = {
    coordinator: start(coordinatorMock),
    planner: start(plannerMock),
    worker: start(workerMock),
    container: start(containerMock, { peers }),
  }
  const interception = intercept({
    [peers('coordinator')]: all.coordinator.service,
    [peers('node-planner')]: all.planner.service,
    [peers('node-worker')]: all.worker.service,
    [peers('container')]: all.container.service,
  })
  const { token } = await all.container.setUp('callerKnown', { name: 'some-node', role: 'node' })
  const api = client(container, {
    baseUrl: peers('container'),
    credentials: { kind: 'bearer', token: () => String(token) },
  })
  return {
    ...all,
    served,
    start: (task_id, body) => api.startTask({ params: { task_id }, body }),
    servedTimes: (line, times) =>
      eventually(
        () => Promise.resolve(served.filter((known) => known === line).length),
        (count) => count >= times,
      ),
    async [Symbol.asyncDispose]() {
      await all.container[Symbol.asyncDispose]()
      for (const started of [all.coordinator, all.planner, all.worker]) started[Symbol.dispose]()
      interception.stop()
    },
  }
}

async function given(started: StartedMock, { name, params }: { name: string; params: unknown }): Promise<void> {
  await started.setUp(name, params)
}

test('work has its result and its log stored before its pull request is reported', async () => {
  await using at = await setting()
  const claimed = { todo_id, claim_id: first, kind: 'work', title: 'Pack', by: 'node-worker' }
  await at.coordinator.setUp('todoClaimed', claimed)
  await given(at.worker, worker.states.taskAwaited({ task_id: first }))
  await at.start(first, work)
  await at.servedTimes('reportPullRequest 204', 1)
  expect(at.served).toEqual(['startTask 202', 'putTodoResult 201', 'addLogs 202', 'reportPullRequest 204'])
})

test('a result that the coordinator does not take does not keep the pull request from the worker', async () => {
  await using at = await setting()
  await given(at.worker, worker.states.taskAwaited({ task_id: first }))
  await at.start(first, work)
  await at.servedTimes('reportPullRequest 204', 1)
  expect(at.served).toContain('putTodoResult 404')
})

test('a report of a task that was abandoned is given up, others go on', async () => {
  await using at = await setting()
  await given(at.planner, planner.states.taskAbandoned({ task_id: first }))
  await given(at.planner, planner.states.taskAwaited({ task_id: second }))
  await at.start(first, { ...work, kind: 'plan' })
  await at.servedTimes('reportPlan 409', 1)
  await at.start(second, { ...work, kind: 'plan' })
  await at.servedTimes('reportPlan 204', 1)
  expect(at.served.filter((line) => line.startsWith('reportPlan'))).toEqual(['reportPlan 409', 'reportPlan 204'])
})

test('what cannot be planned is a failure at the planner', async () => {
  await using at = await setting()
  await given(at.planner, planner.states.taskAwaited({ task_id: first }))
  await at.start(first, { ...work, kind: 'plan', description: '' })
  await at.servedTimes('reportFailure 204', 1)
})
