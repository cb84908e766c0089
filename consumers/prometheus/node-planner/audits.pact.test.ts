import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import {
  claimId,
  githubUsername,
  otherClaimId,
  pullRequestUrl,
  refused,
  time,
  todoId,
} from '#consumers/prometheus/shared/testing/examples.ts'
import { plannerAt } from './testing/recorded-planner.ts'

const planner = consumer('prometheus-node-planner').of(coordinator)
const { auditClaimed, auditStored, nodeRegistered, todoSubmitted } = coordinator.states
const by = 'node-planner'
const self = nodeRegistered({ name: by })
const claim = { claimId, todoId }
const params = { todo_id: todoId }
const submitted = todoSubmitted({ todo_id: todoId, by: 'node-worker', round: 2, pull_request_url: pullRequestUrl })
const leaseLost = { status: 409, body: refused(exactly('lease_lost'), 'The claim does not hold.') } as const
const conflict = { status: 409, body: refused(exactly('conflict'), 'Something else was stored before.') } as const

planner.records(
  'claims an audit of what another node submitted',
  {
    given: [self, submitted],
    call: coordinator.claimTodo({ body: { kind: 'audit' } }),
    reply: {
      status: 201,
      body: {
        data: {
          claim_id: claimId,
          lease_expires_at: time,
          todo: { todo_id: exactly(todoId) },
          submission: {
            round: exactly(2),
            pull_request_url: exactly(pullRequestUrl),
            github_username: githubUsername,
          },
        },
      },
    },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.claimAudit()).toEqual({
      claimId,
      todoId,
      submission: { round: 2, pullRequestUrl, githubUsername },
      leaseExpiresAt: new Date(time),
    })
  },
)

planner.records(
  'audits nothing that it submitted itself',
  {
    given: [self, todoSubmitted({ todo_id: todoId, by, round: 2, pull_request_url: pullRequestUrl })],
    call: coordinator.claimTodo({ body: { kind: 'audit' } }),
    reply: { status: 204 },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.claimAudit()).toBeUndefined()
  },
)

planner.records(
  'checks what was submitted',
  {
    given: [self, submitted],
    call: coordinator.getSubmission({ params }),
    reply: {
      status: 200,
      body: { data: { round: exactly(2), pull_request_url: exactly(pullRequestUrl), github_username: githubUsername } },
    },
  },
  async (api) => {
    const submission = { round: 2, pullRequestUrl, githubUsername }
    expect(await plannerAt(api).coordinator.submission(todoId)).toEqual(submission)
  },
)

const auditing = auditClaimed({ todo_id: todoId, claim_id: claimId, by })
const rejection = { approved: false, reason: 'Nothing is tested.' }

planner.records(
  'approves a submission',
  {
    given: [self, auditing],
    call: coordinator.putAudit({ params, body: { claim_id: claimId, approved: true, reason: 'All is there.' } }),
    reply: { status: 200, body: { data: { status: exactly('done') } } },
  },
  async (api) => {
    const verdict = { approved: true, reason: 'All is there.' }
    expect(await plannerAt(api).coordinator.putVerdict(claim, verdict)).toEqual({ kind: 'done', value: 'done' })
  },
)

planner.records(
  'rejects a submission',
  {
    given: [self, auditing],
    call: coordinator.putAudit({ params, body: { claim_id: claimId, ...rejection } }),
    reply: { status: 200, body: { data: { status: exactly('queued') } } },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.putVerdict(claim, rejection)).toEqual({ kind: 'done', value: 'queued' })
  },
)

const judged = auditStored({ todo_id: todoId, claim_id: claimId, by, verdict: rejection })

planner.records(
  'gives the same verdict again, which changes nothing',
  {
    given: [self, judged],
    call: coordinator.putAudit({ params, body: { claim_id: claimId, ...rejection } }),
    reply: { status: 200, body: { data: { status: exactly('queued') } } },
  },
  async (api) => {
    expect(await plannerAt(api).coordinator.putVerdict(claim, rejection)).toEqual({ kind: 'done', value: 'queued' })
  },
)

planner.records(
  'cannot give another verdict under the same claim',
  {
    given: [self, judged],
    call: coordinator.putAudit({ params, body: { claim_id: claimId, approved: true, reason: 'All is there.' } }),
    reply: conflict,
  },
  async (api) => {
    const verdict = { approved: true, reason: 'All is there.' }
    expect(await plannerAt(api).coordinator.putVerdict(claim, verdict)).toEqual({ kind: 'conflict' })
  },
)

planner.records(
  'cannot give a verdict under a claim that there is not',
  {
    given: [self, auditing],
    call: coordinator.putAudit({ params, body: { claim_id: otherClaimId, ...rejection } }),
    reply: leaseLost,
  },
  async (api) => {
    const gone = { claimId: otherClaimId, todoId }
    expect(await plannerAt(api).coordinator.putVerdict(gone, rejection)).toEqual({ kind: 'lease-lost' })
  },
)
