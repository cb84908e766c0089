import { planner, runningBoard, submission, worker } from '../testing/running-board.ts'
import { pullRequestUrl } from '../states/examples.ts'
import type { ClaimKind } from '../shapes.ts'
import { putAudit, putPlan, putPullRequest, putSubmission, reportStatus, type Under } from './claimed-work.ts'
import { setJobStatus, viewJob } from './jobs.ts'
import { todosOf } from './todos.ts'

const plan = [
  { title: 'Pack', description: 'All of it.' },
  { title: 'Go', description: 'At last.' },
]
const approved = { approved: true, reason: 'Good.' }
const rejected = { approved: false, reason: 'Too long.' }

/** The status and code of the refusal that something throws. */
function refusalOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    const { status, code } = error as { status: unknown; code: unknown }
    return [status, code]
  }
  return 'not refused'
}

describe('a call under a claim', () => {
  const unknownId = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

  test.each<[string, (under: Under) => Under, unknown]>([
    ['an unknown todo', (under) => ({ ...under, todoId: unknownId }), [404, 'not_found']],
    ['an unknown claim', (under) => ({ ...under, claimId: unknownId }), [409, 'lease_lost']],
    ['another node’s claim', (under) => ({ ...under, node: worker }), [409, 'lease_lost']],
  ])('is refused with %s', (_what, change, expected) => {
    const { board, createJob, claim } = runningBoard()
    createJob()
    const under = change(claim('plan'))
    expect(refusalOf(() => putPlan(board, under, plan))).toEqual(expected)
  })

  test('is refused with a claim on another todo', () => {
    const { board, createJob, claim } = runningBoard()
    createJob('First')
    createJob('Second')
    const [first, second] = [claim('plan'), claim('plan')]
    expect(refusalOf(() => putPlan(board, { ...first, claimId: second.claimId }, plan))).toEqual([409, 'lease_lost'])
  })

  test('is refused once the lease is over', () => {
    const { board, createJob, claim, pass } = runningBoard()
    createJob()
    const under = claim('plan')
    pass(60)
    expect(refusalOf(() => putPlan(board, under, plan))).toEqual([409, 'lease_lost'])
  })

  test.each<[string, ClaimKind, (board: Parameters<typeof putPlan>[0], under: Under) => unknown]>([
    ['a plan', 'work', (board, under) => putPlan(board, under, plan)],
    ['a pull request', 'audit', (board, under) => putPullRequest(board, under, pullRequestUrl)],
    ['a submission', 'audit', (board, under) => putSubmission(board, under, submission)],
    ['an audit', 'work', (board, under) => putAudit(board, under, approved)],
  ])('is refused where its kind does not go with %s', (_what, kind, call) => {
    const { board, planned, submitted, claim } = runningBoard()
    planned('One', 'Two')
    submitted()
    const under = claim(kind)
    expect(refusalOf(() => call(board, under))).toEqual([409, 'wrong_kind'])
  })
})

describe('putPlan', () => {
  test('queues the steps in their order and ends the claim', () => {
    const { board, createJob, claim } = runningBoard()
    const { job_id } = createJob()
    const under = claim('plan')
    const steps = putPlan(board, under, plan)
    expect(steps).toMatchObject(plan.map((step) => ({ ...step, kind: 'work', status: 'queued', attempts: 0 })))
    expect(todosOf(board, job_id).map(({ kind, status }) => [kind, status])).toEqual([
      ['plan', 'done'],
      ['work', 'queued'],
      ['work', 'queued'],
    ])
    expect(board.claims.get(under.claimId)?.hasEnded).toBe(true)
  })

  test('again changes nothing, another plan is a conflict', () => {
    const { board, createJob, claim } = runningBoard()
    createJob()
    const under = claim('plan')
    const steps = putPlan(board, under, plan)
    const sameInOtherOrder = plan.map(({ title, description }) => ({ description, title }))
    expect(putPlan(board, under, sameInOtherOrder)).toEqual(steps)
    expect(refusalOf(() => putPlan(board, under, plan.toReversed()))).toEqual([409, 'conflict'])
    expect(refusalOf(() => putPlan(board, { ...under, node: worker }, plan))).toEqual([409, 'lease_lost'])
  })
})

describe('reportStatus', () => {
  test('in_progress is taken as often as it is said, until the claim has ended', () => {
    const { board, createJob, claim } = runningBoard()
    createJob()
    const under = claim('plan')
    for (const progress of [0, 0.5, 0.5, 1])
      expect(reportStatus(board, under, { status: 'in_progress', progress }).hasEnded).toBe(false)
    putPlan(board, under, plan)
    expect(refusalOf(() => reportStatus(board, under, { status: 'in_progress', progress: 1 }))).toEqual([
      409,
      'lease_lost',
    ])
  })

  test('failed gives the todo back, once', () => {
    const { board, createJob, claim } = runningBoard()
    createJob()
    const under = claim('plan')
    const failed = { status: 'failed', progress: 0, message: 'No idea.' } as const
    reportStatus(board, under, failed)
    expect(board.todos.get(under.todoId)?.status).toBe('queued')
    claim('plan')
    expect(reportStatus(board, under, failed).claim_id).toBe(under.claimId)
    expect(board.todos.get(under.todoId)?.status).toBe('claimed')
    expect(refusalOf(() => reportStatus(board, under, { ...failed, message: 'Other.' }))).toEqual([409, 'conflict'])
  })

  test('failed for the last time fails the job, its error the message', () => {
    const { board, createJob, claim } = runningBoard()
    const { job_id } = createJob()
    for (let count = 0; count < 3; count++)
      reportStatus(board, claim('plan'), { status: 'failed', progress: 0, message: `No idea, ${count}.` })
    expect(board.jobs.get(job_id)).toMatchObject({ status: 'failed', error: 'No idea, 2.' })
  })

  test('under an audit’s claim the todo stays submitted', () => {
    const { board, planned, submitted, claim } = runningBoard()
    planned('Pack')
    const { todoId } = submitted()
    const first = claim('audit')
    reportStatus(board, first, { status: 'in_progress', progress: 0 })
    expect(board.todos.get(todoId)?.status).toBe('submitted')
    reportStatus(board, first, { status: 'failed', progress: 0 })
    expect(board.todos.get(todoId)?.status).toBe('submitted')
    expect(claim('audit').todoId).toBe(todoId)
  })
})

describe('a submission', () => {
  test('with its pull request ends the claim, and both can be said again', () => {
    const { board, planned, claim } = runningBoard()
    planned('Pack')
    const under = claim('work')
    expect(putPullRequest(board, under, pullRequestUrl)).toMatchObject({ pull_request_url: pullRequestUrl })
    const submitted = putSubmission(board, under, submission)
    expect(submitted).toEqual({
      ...submission,
      todo_id: under.todoId,
      staking_key: worker.publicKey,
      submitted_at: '2026-01-01T00:00:00.000Z',
    })
    expect(board.todos.get(under.todoId)?.status).toBe('submitted')
    expect(putPullRequest(board, under, pullRequestUrl).status).toBe('submitted')
    expect(putSubmission(board, under, submission)).toEqual(submitted)
    expect(refusalOf(() => putPullRequest(board, under, `${pullRequestUrl}2`))).toEqual([409, 'conflict'])
    expect(refusalOf(() => putSubmission(board, under, { ...submission, round: 2 }))).toEqual([409, 'conflict'])
  })

  test('that is approved is done, and with the last one the job is completed', () => {
    const { board, planned, submitted, claim } = runningBoard()
    const { job_id } = planned('Pack', 'Go')
    const progress = (): number => viewJob(board, board.jobs.get(job_id)!).progress
    submitted()
    const audit = claim('audit')
    expect(putAudit(board, audit, approved).status).toBe('done')
    expect([board.jobs.get(job_id)?.status, progress()]).toEqual(['in_progress', 0.5])
    expect(putAudit(board, audit, approved).status).toBe('done')
    expect(refusalOf(() => putAudit(board, audit, rejected))).toEqual([409, 'conflict'])
    submitted()
    putAudit(board, claim('audit'), approved)
    expect([board.jobs.get(job_id)?.status, progress()]).toEqual(['completed', 1])
  })

  test('that is rejected is worked on again, without anything that was made', () => {
    const { board, planned, submitted, claim } = runningBoard()
    planned('Pack')
    const before = submitted()
    expect(putAudit(board, claim('audit'), rejected)).toMatchObject({
      status: 'queued',
      attempts: 1,
      pull_request_url: null,
    })
    expect(board.submissions.has(before.todoId)).toBe(false)
    expect(putSubmission(board, before, submission).todo_id).toBe(before.todoId)
    expect(board.submissions.has(before.todoId)).toBe(false)
    expect(claim('work').todoId).toBe(before.todoId)
  })

  test('that is rejected for the last time fails the job', () => {
    const { board, planned, submitted, claim } = runningBoard()
    const { job_id } = planned('Pack')
    for (let count = 0; count < 3; count++) {
      submitted()
      putAudit(board, claim('audit'), rejected)
    }
    expect(board.jobs.get(job_id)).toMatchObject({ status: 'failed', error: 'Too long.' })
  })
})

test('a job that is ended takes its claims with it', () => {
  const { board, planned, claim } = runningBoard()
  const job = planned('Pack')
  const under = claim('work', planner)
  setJobStatus(board, job, { status: 'cancelled' })
  expect(refusalOf(() => putPullRequest(board, under, pullRequestUrl))).toEqual([409, 'lease_lost'])
})
