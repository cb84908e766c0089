import { runningBoard, planner, worker } from '../testing/running-board.ts'
import { claimTodo, viewClaim } from './claiming.ts'
import { putSubmission } from './claimed-work.ts'

test('the oldest queued todo of the kind is claimed, and counted', () => {
  const { board, createJob, claim } = runningBoard()
  createJob('First')
  createJob('Second')
  expect(viewClaim(board, claim('plan').claim)).toMatchObject({
    kind: 'plan',
    submission: null,
    todo: { title: 'First', status: 'claimed', attempts: 1 },
    lease_expires_at: '2026-01-01T00:01:00.000Z',
  })
  expect(viewClaim(board, claim('plan').claim).todo.title).toBe('Second')
  expect(claimTodo(board, 'plan', planner)).toBeUndefined()
})

test('a job is in progress from its first claim on', () => {
  const { board, createJob, claim } = runningBoard()
  const { job_id } = createJob()
  expect(board.jobs.get(job_id)?.status).toBe('pending')
  claim('plan')
  expect(board.jobs.get(job_id)?.status).toBe('in_progress')
})

test('there is nothing to work on before the plan is stored', () => {
  const { board, createJob } = runningBoard()
  createJob()
  expect(claimTodo(board, 'work', worker)).toBeUndefined()
})

test('an audit goes to a node that did not submit, to one at a time, and the todo stays submitted', () => {
  const { board, planned, submitted } = runningBoard()
  planned('Pack')
  const { todoId } = submitted()
  expect(claimTodo(board, 'audit', worker)).toBeUndefined()
  const claim = claimTodo(board, 'audit', planner)!
  expect(viewClaim(board, claim)).toMatchObject({
    kind: 'audit',
    submission: { todo_id: todoId, staking_key: worker.publicKey },
    todo: { status: 'submitted', attempts: 1 },
  })
  expect(claimTodo(board, 'audit', planner)).toBeUndefined()
})

test('the oldest submitted todo is audited first', () => {
  const { board, planned, claim } = runningBoard()
  planned('One', 'Two')
  const [one, two] = [claim('work'), claim('work')]
  const submission = { round: 1, pull_request_url: 'https://github.com/a/b/pull/1', github_username: 'ann' }
  putSubmission(board, two, submission)
  putSubmission(board, one, submission)
  expect(claim('audit').todoId).toBe(one.todoId)
})
