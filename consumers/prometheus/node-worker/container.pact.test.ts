import { container } from '#contracts/prometheus/container.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { taskOf } from '#consumers/prometheus/shared/container-tasks.ts'
import {
  claimId,
  githubUsername,
  jobId,
  pullRequestUrl,
  refused,
  repository,
  time,
  todoId,
  unknownId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { workerAt } from './testing/recorded-worker.ts'

const worker = consumer('prometheus-node-worker').of(container)
const { callerKnown, logsExist, taskFailed, taskRunning, taskSucceeded } = container.states
const self = callerKnown({ name: 'node-worker', role: 'node' })
const params = { task_id: claimId }

const content = {
  kind: 'work',
  todo_id: todoId,
  job_id: jobId,
  title: 'Write a README',
  description: 'In plain words.',
  repository,
} as const
const task = taskOf({
  claimId,
  kind: 'work',
  todoId,
  jobId,
  title: content.title,
  description: content.description,
  repository,
  attempts: 1,
  leaseExpiresAt: new Date(time),
})
const running = taskRunning({ task_id: claimId, ...content })
const succeeded = taskSucceeded({
  task_id: claimId,
  todo_id: todoId,
  title: content.title,
  pull_request_url: pullRequestUrl,
})

worker.records(
  'has a todo done',
  { given: [self], call: container.startTask({ params, body: content }), reply: { status: 202, body: { data: {} } } },
  async (api) => {
    expect(await workerAt(api).container.startTask(task)).toEqual({ kind: 'started' })
  },
)

worker.records(
  'asks for the same task again, which changes nothing',
  {
    given: [self, running],
    call: container.startTask({ params, body: content }),
    reply: { status: 200, body: { data: {} } },
  },
  async (api) => {
    expect(await workerAt(api).container.startTask(task)).toEqual({ kind: 'started' })
  },
)

worker.records(
  'cannot have another todo done as the same task',
  {
    given: [self, running],
    call: container.startTask({ params, body: { ...content, title: 'Write a guide' } }),
    reply: { status: 409, body: refused('conflict', 'This task is another one.') },
  },
  async (api) => {
    expect(await workerAt(api).container.startTask({ ...task, title: 'Write a guide' })).toEqual({ kind: 'conflict' })
  },
)

worker.records(
  'sees that a task is being done',
  {
    given: [self, running],
    call: container.getTask({ params }),
    reply: { status: 200, body: { data: { status: exactly('running'), error: null } } },
  },
  async (api) => {
    expect(await workerAt(api).container.taskState(claimId)).toEqual({ kind: 'running' })
  },
)

worker.records(
  'sees that a task is done',
  {
    given: [self, succeeded],
    call: container.getTask({ params }),
    reply: { status: 200, body: { data: { status: exactly('succeeded'), error: null } } },
  },
  async (api) => {
    expect(await workerAt(api).container.taskState(claimId)).toEqual({ kind: 'succeeded' })
  },
)

worker.records(
  'sees why a task was not done',
  {
    given: [self, taskFailed({ task_id: claimId, todo_id: todoId, kind: 'work', error: 'The agent gave up.' })],
    call: container.getTask({ params }),
    reply: { status: 200, body: { data: { status: exactly('failed'), error: exactly('The agent gave up.') } } },
  },
  async (api) => {
    const state = await workerAt(api).container.taskState(claimId)
    expect(state).toEqual({ kind: 'failed', error: 'The agent gave up.' })
  },
)

worker.records(
  'sees that the container does not know a task',
  {
    given: [self],
    call: container.getTask({ params: { task_id: unknownId } }),
    reply: { status: 404, body: refused('not_found', 'There is no such task.') },
  },
  async (api) => {
    expect(await workerAt(api).container.taskState(unknownId)).toEqual({ kind: 'unknown' })
  },
)

worker.records(
  'fetches the pull request of a task',
  {
    given: [self, succeeded],
    call: container.getSubmission({ params }),
    reply: {
      status: 200,
      body: { data: { pull_request_url: exactly(pullRequestUrl), github_username: githubUsername } },
    },
  },
  async (api) => {
    expect(await workerAt(api).container.pullRequest(claimId)).toEqual({ pullRequestUrl, githubUsername })
  },
)

worker.records(
  'finds no pull request of a task that is not done',
  {
    given: [self, running],
    call: container.getSubmission({ params }),
    reply: { status: 404, body: refused('not_found', 'The task has opened no pull request.') },
  },
  async (api) => {
    expect(await workerAt(api).container.pullRequest(claimId)).toBeUndefined()
  },
)

const said = logsExist({
  task_id: claimId,
  entries: [
    { level: 'info', message: 'One.' },
    { level: 'info', message: 'Two.' },
    { level: 'error', message: 'Three.' },
  ],
})

worker.records(
  'reads the last page of what was said about a task',
  {
    given: [self, said],
    call: container.listLogs({ query: { task_id: claimId, page: 2, per_page: 2 } }),
    reply: {
      status: 200,
      body: {
        data: [{ level: exactly('error'), message: exactly('Three.'), timestamp: time }],
        pagination: { page: exactly(2), total_pages: exactly(2) },
      },
    },
  },
  async (api) => {
    expect(await workerAt(api).container.logs(claimId, { page: 2, perPage: 2 })).toEqual({
      lines: [{ level: 'error', message: 'Three.', at: new Date(time) }],
      page: 2,
      totalPages: 2,
    })
  },
)

worker.records(
  'sees how much the container has to do',
  { given: [running], call: container.health(), reply: { status: 200, body: { running_tasks: exactly(1) } } },
  async (api) => {
    expect(await workerAt(api).container.health()).toEqual({ runningTasks: 1 })
  },
)
