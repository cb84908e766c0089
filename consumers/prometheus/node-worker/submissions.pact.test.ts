import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { fault } from '#harness/fault/fault.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import {
  claimId,
  githubUsername,
  otherPullRequestUrl,
  pullRequestUrl,
  refused,
  time,
  todoId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { workerAt } from './testing/recorded-worker.ts'

const worker = consumer('prometheus-node-worker').of(coordinator)
const { leaseExpired, nodeRegistered, pullRequestSet, todoClaimed, todoSubmitted } = coordinator.states
const by = 'node-worker'
const self = nodeRegistered({ name: by })
const claim = { claimId, todoId }
const params = { todo_id: todoId }
const claimed = todoClaimed({ todo_id: todoId, claim_id: claimId, kind: 'work', title: 'Write a README', by })
const expired = leaseExpired({ todo_id: todoId, claim_id: claimId, kind: 'work', by })
const leaseLost = { status: 409, body: refused(exactly('lease_lost'), 'The claim does not hold.') } as const
const conflict = { status: 409, body: refused(exactly('conflict'), 'Something else was stored before.') } as const

const pullRequestCall = coordinator.putPullRequest({
  params,
  body: { claim_id: claimId, pull_request_url: pullRequestUrl },
})

worker.records(
  'says where the work is',
  {
    given: [self, claimed],
    call: pullRequestCall,
    reply: { status: 200, body: { data: { pull_request_url: exactly(pullRequestUrl) } } },
  },
  async (api) => {
    expect(await workerAt(api).coordinator.putPullRequest(claim, pullRequestUrl)).toEqual({
      kind: 'done',
      value: pullRequestUrl,
    })
  },
)

const set = pullRequestSet({ todo_id: todoId, claim_id: claimId, by, pull_request_url: pullRequestUrl })

worker.records(
  'says again where the work is, which changes nothing',
  {
    given: [self, set],
    call: pullRequestCall,
    reply: { status: 200, body: { data: { pull_request_url: exactly(pullRequestUrl) } } },
  },
  async (api) => {
    expect(await workerAt(api).coordinator.putPullRequest(claim, pullRequestUrl)).toEqual({
      kind: 'done',
      value: pullRequestUrl,
    })
  },
)

worker.records(
  'cannot say otherwise where the work is',
  {
    given: [self, set],
    call: coordinator.putPullRequest({ params, body: { claim_id: claimId, pull_request_url: otherPullRequestUrl } }),
    reply: conflict,
  },
  async (api) => {
    expect(await workerAt(api).coordinator.putPullRequest(claim, otherPullRequestUrl)).toEqual({ kind: 'conflict' })
  },
)

worker.records(
  'cannot say where the work is once its lease is over',
  { given: [self, expired], call: pullRequestCall, reply: leaseLost },
  async (api) => {
    expect(await workerAt(api).coordinator.putPullRequest(claim, pullRequestUrl)).toEqual({ kind: 'lease-lost' })
  },
)

const submission = { round: 1, pullRequestUrl, githubUsername }
const submitCall = (url: string) =>
  coordinator.putSubmission({
    params,
    body: { claim_id: claimId, round: 1, pull_request_url: url, github_username: githubUsername },
  })

worker.records(
  'submits its work',
  {
    given: [self, set],
    call: submitCall(pullRequestUrl),
    reply: { status: 200, body: { data: { submitted_at: time } } },
    survives: [fault.reset({ times: 2 }), fault.status(503, { times: 2 })],
  },
  async (api) => {
    expect(await workerAt(api).coordinator.submit(claim, submission)).toEqual({ kind: 'done', value: new Date(time) })
  },
)

const submitted = todoSubmitted({
  todo_id: todoId,
  claim_id: claimId,
  by,
  round: 1,
  pull_request_url: pullRequestUrl,
  github_username: githubUsername,
})

worker.records(
  'submits the same work again, which changes nothing',
  {
    given: [self, submitted],
    call: submitCall(pullRequestUrl),
    reply: { status: 200, body: { data: { submitted_at: time } } },
  },
  async (api) => {
    expect(await workerAt(api).coordinator.submit(claim, submission)).toEqual({ kind: 'done', value: new Date(time) })
  },
)

worker.records(
  'cannot submit other work under the same claim',
  { given: [self, submitted], call: submitCall(otherPullRequestUrl), reply: conflict },
  async (api) => {
    const other = { ...submission, pullRequestUrl: otherPullRequestUrl }
    expect(await workerAt(api).coordinator.submit(claim, other)).toEqual({ kind: 'conflict' })
  },
)

worker.records(
  'cannot submit once its lease is over',
  { given: [self, expired], call: submitCall(pullRequestUrl), reply: leaseLost },
  async (api) => {
    expect(await workerAt(api).coordinator.submit(claim, submission)).toEqual({ kind: 'lease-lost' })
  },
)

worker.records(
  'checks what it submitted',
  {
    given: [self, submitted],
    call: coordinator.getSubmission({ params }),
    reply: {
      status: 200,
      body: {
        data: {
          round: exactly(1),
          pull_request_url: exactly(pullRequestUrl),
          github_username: exactly(githubUsername),
        },
      },
    },
  },
  async (api) => {
    expect(await workerAt(api).coordinator.submission(todoId)).toEqual(submission)
  },
)

worker.records(
  'finds nothing submitted yet',
  {
    given: [self, claimed],
    call: coordinator.getSubmission({ params }),
    reply: { status: 404, body: refused('not_found', 'Nothing is submitted.') },
  },
  async (api) => {
    expect(await workerAt(api).coordinator.submission(todoId)).toBeUndefined()
  },
)
