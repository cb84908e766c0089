import { container } from '#contracts/prometheus/container.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import type { TaskToStart } from '#consumers/prometheus/shared/container-tasks.ts'
import {
  claimId,
  githubUsername,
  jobId,
  otherClaimId,
  pullRequestUrl,
  refused,
  repository,
  time,
  todoId,
  unknownId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { refusalBy } from '#consumers/prometheus/shared/testing/outcome.ts'
import { plannerAt } from './testing/recorded-planner.ts'

const planner = consumer('prometheus-node-planner').of(container)
const { agentJudges, callerKnown, logsExist, taskFailed, taskRunning } = container.states
const self = callerKnown({ name: 'node-planner', role: 'node' })
const params = { task_id: claimId }

const content = {
  kind: 'plan',
  todo_id: todoId,
  job_id: jobId,
  title: 'Documentation',
  description: 'Write a README\nWrite a guide',
  repository,
} as const
const task: TaskToStart = {
  taskId: claimId,
  kind: 'plan',
  todoId,
  jobId,
  title: content.title,
  description: content.description,
  repository,
}
const running = taskRunning({ task_id: claimId, ...content })

planner.records(
  'has a plan made',
  { given: [self], call: container.startTask({ params, body: content }), reply: { status: 202, body: { data: {} } } },
  async (api) => {
    expect(await plannerAt(api).container.startTask(task)).toEqual({ kind: 'started' })
  },
)

planner.records(
  'asks for the same plan again, which changes nothing',
  {
    given: [self, running],
    call: container.startTask({ params, body: content }),
    reply: { status: 200, body: { data: {} } },
  },
  async (api) => {
    expect(await plannerAt(api).container.startTask(task)).toEqual({ kind: 'started' })
  },
)

planner.records(
  'cannot have another plan made as the same task',
  {
    given: [self, running],
    call: container.startTask({ params, body: { ...content, title: 'Tests' } }),
    reply: { status: 409, body: refused('conflict', 'This task is another one.') },
  },
  async (api) => {
    expect(await plannerAt(api).container.startTask({ ...task, title: 'Tests' })).toEqual({ kind: 'conflict' })
  },
)

planner.records(
  'is refused a task whose id is none',
  {
    given: [self],
    call: container.startTask({ params: { task_id: 'the-first-one' }, body: content }),
    reply: { status: 422, body: refused('validation_error', 'Not valid: path.task_id.') },
  },
  async (api) => {
    const refusal = await refusalBy(plannerAt(api).container.startTask({ ...task, taskId: 'the-first-one' }))
    expect(refusal).toMatchObject({ kind: 'invalid' })
  },
)

planner.records(
  'sees that a plan is being made',
  {
    given: [self, running],
    call: container.getTask({ params }),
    reply: { status: 200, body: { data: { status: exactly('running'), error: null } } },
  },
  async (api) => {
    expect(await plannerAt(api).container.taskState(claimId)).toEqual({ kind: 'running' })
  },
)

planner.records(
  'sees why no plan was made',
  {
    given: [self, taskFailed({ task_id: claimId, todo_id: todoId, kind: 'plan', error: 'The agent gave up.' })],
    call: container.getTask({ params }),
    reply: { status: 200, body: { data: { status: exactly('failed'), error: exactly('The agent gave up.') } } },
  },
  async (api) => {
    const state = await plannerAt(api).container.taskState(claimId)
    expect(state).toEqual({ kind: 'failed', error: 'The agent gave up.' })
  },
)

planner.records(
  'sees that the container does not know a task',
  {
    given: [self],
    call: container.getTask({ params: { task_id: unknownId } }),
    reply: { status: 404, body: refused('not_found', 'There is no such task.') },
  },
  async (api) => {
    expect(await plannerAt(api).container.taskState(unknownId)).toEqual({ kind: 'unknown' })
  },
)

const submission = { round: 2, pullRequestUrl, githubUsername }
const subject = { todo_id: todoId, round: 2, pull_request_url: pullRequestUrl, github_username: githubUsername }

planner.records(
  'has a submission judged, which is good',
  {
    given: [self, agentJudges({ approved: true, reason: 'All is there.' })],
    call: container.audit({ body: subject }),
    reply: { status: 200, body: { data: { approved: exactly(true), reason: exactly('All is there.') } } },
  },
  async (api) => {
    const verdict = await plannerAt(api).container.audit({ ...submission, todoId })
    expect(verdict).toEqual({ approved: true, reason: 'All is there.' })
  },
)

planner.records(
  'has a submission judged, which is not good',
  {
    given: [self, agentJudges({ approved: false, reason: 'Nothing is tested.' })],
    call: container.audit({ body: subject }),
    reply: { status: 200, body: { data: { approved: exactly(false), reason: exactly('Nothing is tested.') } } },
  },
  async (api) => {
    const verdict = await plannerAt(api).container.audit({ ...submission, todoId })
    expect(verdict).toEqual({ approved: false, reason: 'Nothing is tested.' })
  },
)

planner.records(
  'is refused a verdict on what is nowhere',
  {
    given: [self],
    call: container.audit({ body: { ...subject, pull_request_url: 'pull request 7' } }),
    reply: { status: 422, body: refused('validation_error', 'Not valid: body.pull_request_url.') },
  },
  async (api) => {
    const nowhere = { ...submission, todoId, pullRequestUrl: 'pull request 7' }
    expect(await refusalBy(plannerAt(api).container.audit(nowhere))).toMatchObject({ kind: 'invalid' })
  },
)

planner.records(
  'reads what was said about a plan',
  {
    given: [
      self,
      running,
      logsExist({
        task_id: claimId,
        entries: [
          { level: 'info', message: 'Read the task.' },
          { level: 'warning', message: 'It is short.' },
        ],
      }),
      logsExist({ task_id: otherClaimId, entries: [{ level: 'info', message: 'Said about another task.' }] }),
    ],
    call: container.listLogs({ query: { task_id: claimId, page: 1, per_page: 20 } }),
    reply: {
      status: 200,
      body: {
        data: [
          { level: exactly('info'), message: exactly('Read the task.'), timestamp: time },
          { level: exactly('warning'), message: exactly('It is short.'), timestamp: time },
        ],
        pagination: { page: exactly(1), total_pages: exactly(1) },
      },
    },
  },
  async (api) => {
    expect(await plannerAt(api).container.logs(claimId)).toEqual({
      lines: [
        { level: 'info', message: 'Read the task.', at: new Date(time) },
        { level: 'warning', message: 'It is short.', at: new Date(time) },
      ],
      page: 1,
      totalPages: 1,
    })
  },
)

planner.records(
  'knows which models agents can use',
  {
    given: [self],
    call: container.listModels(),
    reply: { status: 200, body: { data: [{ name: 'gpt-4o', provider: 'openai' }] } },
  },
  async (api) => {
    expect(await plannerAt(api).container.models()).toEqual([{ name: 'gpt-4o', provider: 'openai' }])
  },
)

planner.records(
  'knows how agents can work together',
  {
    given: [self],
    call: container.listSwarmTypes(),
    reply: { status: 200, body: { data: ['SequentialWorkflow'] } },
  },
  async (api) => {
    expect(await plannerAt(api).container.swarmTypes()).toEqual(['SequentialWorkflow'])
  },
)

planner.records(
  'sees how much the container has to do',
  { given: [running], call: container.health(), reply: { status: 200, body: { running_tasks: exactly(1) } } },
  async (api) => {
    expect(await plannerAt(api).container.health()).toEqual({ runningTasks: 1 })
  },
)
