import { worker } from '#contracts/prometheus/node.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import {
  claimId as taskId,
  otherPullRequestUrl,
  pullRequestUrl,
  refused,
  unknownId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { containerCalls, notValid, refusedWith } from './testing/recorded-container.ts'

const container = consumer('prometheus-container').of(worker)
const { callerKnown, pullRequestReported, taskAbandoned, taskAwaited, tokenExpired } = worker.states
const known = callerKnown({ name: 'container', role: 'container' })
const awaited = taskAwaited({ task_id: taskId })
const report = worker.reportPullRequest({ params: { task_id: taskId }, body: { pull_request_url: pullRequestUrl } })
const reporting = {
  to: 'worker',
  call: 'report_pull_request',
  task_id: taskId,
  pull_request_url: pullRequestUrl,
} as const

container.records(
  'reports a pull request',
  { given: [known, awaited], call: report, reply: { status: 204 } },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual({ answered: null })
  },
)

const reported = pullRequestReported({ task_id: taskId, pull_request_url: pullRequestUrl })

container.records(
  'reports the same pull request again, which changes nothing',
  { given: [known, reported], call: report, reply: { status: 204 } },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual({ answered: null })
  },
)

container.records(
  'cannot report another pull request of the same task',
  {
    given: [known, reported],
    call: worker.reportPullRequest({ params: { task_id: taskId }, body: { pull_request_url: otherPullRequestUrl } }),
    reply: { status: 409, body: refused(exactly('conflict'), 'Something else was reported before.') },
  },
  async (api) => {
    const other = { ...reporting, pull_request_url: otherPullRequestUrl }
    expect(await containerCalls(api, other)).toEqual(refusedWith('conflict'))
  },
)

container.records(
  'cannot report a pull request that the worker has given up',
  {
    given: [known, taskAbandoned({ task_id: taskId })],
    call: report,
    reply: { status: 409, body: refused(exactly('abandoned'), 'The task was given up.') },
  },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual(refusedWith('abandoned'))
  },
)

container.records(
  'cannot report the pull request of an unknown task',
  {
    given: [known],
    call: worker.reportPullRequest({ params: { task_id: unknownId }, body: { pull_request_url: pullRequestUrl } }),
    reply: { status: 404, body: refused(exactly('not_found'), 'There is no such task.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...reporting, task_id: unknownId })).toEqual(refusedWith('not_found'))
  },
)

container.records(
  'cannot report a pull request that is no secure address',
  {
    given: [known, awaited],
    call: worker.reportPullRequest({
      params: { task_id: taskId },
      body: { pull_request_url: 'http://example.com/pull/7' },
    }),
    reply: { status: 422, body: notValid(exactly('body.pull_request_url'), 'Invalid URL') },
  },
  async (api) => {
    const insecure = { ...reporting, pull_request_url: 'http://example.com/pull/7' }
    expect(await containerCalls(api, insecure)).toEqual(refusedWith('validation_error'))
  },
)

container.records(
  'is refused with a token that is over',
  {
    given: [tokenExpired({ name: 'container', role: 'container' }), awaited],
    call: report,
    reply: { status: 401, body: refused(exactly('token_expired'), 'The token is over.') },
  },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual(refusedWith('token_expired'))
  },
)

container.records(
  'is refused with its token under another scheme word',
  {
    given: [known, awaited],
    call: report,
    credential: { scheme: 'Basic' },
    reply: { status: 401, body: refused(exactly('unauthorized'), 'A token is needed.') },
  },
  async (api) => {
    expect(await containerCalls(api, { ...reporting, scheme: 'Basic' })).toEqual(refusedWith('unauthorized'))
  },
)

container.records(
  'cannot report a pull request with the token of a node',
  {
    given: [callerKnown({ name: 'node-planner', role: 'node' }), awaited],
    call: report,
    reply: { status: 403, body: refused(exactly('forbidden'), 'This is for the role container.') },
  },
  async (api) => {
    expect(await containerCalls(api, reporting)).toEqual(refusedWith('forbidden'))
  },
)

container.records(
  'reports that it could not do the work',
  {
    given: [known, awaited],
    call: worker.reportFailure({ params: { task_id: taskId }, body: { message: 'The agent ended with code 1.' } }),
    reply: { status: 204 },
  },
  async (api) => {
    const failure = { to: 'worker', call: 'report_failure', message: 'The agent ended with code 1.' } as const
    expect(await containerCalls(api, { ...failure, task_id: taskId })).toEqual({ answered: null })
  },
)

container.records(
  'cannot report a failure that the worker has given up',
  {
    given: [known, taskAbandoned({ task_id: taskId })],
    call: worker.reportFailure({ params: { task_id: taskId }, body: { message: 'The agent ended with code 1.' } }),
    reply: { status: 409, body: refused(exactly('abandoned'), 'The task was given up.') },
  },
  async (api) => {
    const failure = { to: 'worker', call: 'report_failure', message: 'The agent ended with code 1.' } as const
    expect(await containerCalls(api, { ...failure, task_id: taskId })).toEqual(refusedWith('abandoned'))
  },
)

container.records(
  'sees that the worker waits for a pull request',
  {
    given: [known, awaited],
    call: worker.getTask({ params: { task_id: taskId } }),
    reply: { status: 200, body: { data: { status: exactly('awaited' as const) } } },
  },
  async (api) => {
    const asking = { to: 'worker', call: 'task_status', task_id: taskId } as const
    expect(await containerCalls(api, asking)).toEqual({ answered: 'awaited' })
  },
)

container.records(
  'sees that the worker does not know a task',
  {
    given: [known],
    call: worker.getTask({ params: { task_id: unknownId } }),
    reply: { status: 404, body: refused(exactly('not_found'), 'There is no such task.') },
  },
  async (api) => {
    const asking = { to: 'worker', call: 'task_status', task_id: unknownId } as const
    expect(await containerCalls(api, asking)).toEqual(refusedWith('not_found'))
  },
)

container.records(
  'sees that the worker serves',
  { call: worker.health(), reply: { status: 200, body: { status: 'healthy', coordinator: 'reached' } } },
  async (api) => {
    const health = await containerCalls(api, { to: 'worker', call: 'health' })
    expect(health).toEqual({ answered: { status: 'healthy', coordinator: 'reached' } })
  },
)
