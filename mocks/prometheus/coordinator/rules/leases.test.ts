import { runningBoard } from '../testing/running-board.ts'
import { reportStatus } from './claimed-work.ts'

test('a lease that is over gives the todo back, to be claimed again', () => {
  const { board, createJob, claim, pass } = runningBoard()
  createJob()
  const { todoId } = claim('plan')
  pass(59.999)
  expect(board.todos.get(todoId)?.status).toBe('claimed')
  pass(0.001)
  expect(board.todos.get(todoId)?.status).toBe('queued')
  expect(claim('plan').todoId).toBe(todoId)
  expect(board.todos.get(todoId)?.attempts).toBe(2)
})

test('a sign of life renews it', () => {
  const { board, createJob, claim, pass } = runningBoard()
  createJob()
  const under = claim('plan')
  for (let count = 0; count < 5; count++) {
    pass(40)
    reportStatus(board, under, { status: 'in_progress', progress: 0.5 })
  }
  expect(board.todos.get(under.todoId)).toMatchObject({ status: 'in_progress', attempts: 1 })
  pass(60)
  expect(board.todos.get(under.todoId)?.status).toBe('queued')
})

test('after as many attempts as there may be the todo has failed, and the job with it', () => {
  const { board, planned, claim, pass } = runningBoard()
  const { job_id } = planned('Pack', 'Go')
  const { todoId } = claim('work')
  pass(60)
  for (let count = 0; count < 2; count++) {
    expect(claim('work').todoId).toBe(todoId)
    pass(60)
  }
  expect(board.todos.get(todoId)).toMatchObject({ status: 'failed', attempts: 3 })
  expect(board.jobs.get(job_id)).toMatchObject({
    status: 'failed',
    error: '"Pack" was not done in time, at the last of 3 attempts.',
  })
  expect([...board.todos.values()].map(({ status }) => status)).toEqual(['done', 'failed', 'failed'])
})

test('an audit’s lease that is over only frees the audit', () => {
  const { board, planned, submitted, claim, pass } = runningBoard()
  planned('Pack')
  const { todoId } = submitted()
  for (let count = 0; count < 5; count++) {
    expect(claim('audit').todoId).toBe(todoId)
    pass(60)
    expect(board.todos.get(todoId)).toMatchObject({ status: 'submitted', attempts: 1 })
  }
})
