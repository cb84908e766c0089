import { runningBoard } from '../testing/running-board.ts'
import { putAudit } from './claimed-work.ts'
import { jobResult, jobsOf, ownJob, setJobStatus, viewJob } from './jobs.ts'
import { putTodoResult } from './results.ts'
import { todosOf } from './todos.ts'

test('a new job waits for its plan', () => {
  const { board, createJob } = runningBoard()
  const job = createJob('Holidays')
  expect(viewJob(board, job)).toEqual({
    job_id: job.job_id,
    status: 'pending',
    progress: 0,
    swarm_spec: job.swarm_spec,
    repository: job.repository,
    metadata: {},
    error: null,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
  })
  expect(todosOf(board, job.job_id)).toMatchObject([
    { kind: 'plan', title: 'Holidays', description: job.swarm_spec.task, status: 'queued', attempts: 0 },
  ])
})

test('jobs are listed newest first, and nobody sees those of others', () => {
  const { board, createJob } = runningBoard()
  const [first, second] = [createJob('First'), createJob('Second')]
  expect(jobsOf(board, 'ann').map(({ job_id }) => job_id)).toEqual([second.job_id, first.job_id])
  expect(jobsOf(board, 'bob')).toEqual([])
  expect(() => ownJob(board, 'bob', first.job_id)).toThrow('no such job')
})

test('a job that is ended fails what is not done, and stays as it ended', () => {
  const { board, planned } = runningBoard()
  const job = planned('Pack', 'Go')
  const cancelled = setJobStatus(board, job, { status: 'cancelled', error: 'Changed my mind.' })
  expect(cancelled).toMatchObject({ status: 'cancelled', error: 'Changed my mind.' })
  expect(todosOf(board, job.job_id).map(({ status }) => status)).toEqual(['done', 'failed', 'failed'])
  expect(setJobStatus(board, cancelled, { status: 'cancelled', error: 'Again.' })).toEqual(cancelled)
  expect(() => setJobStatus(board, cancelled, { status: 'failed' })).toThrow(
    expect.objectContaining({ status: 409, code: 'job_ended' }),
  )
})

test('the result of a job is there once it is completed, in the order of the plan', () => {
  const { board, planned, submitted, claim } = runningBoard()
  const { job_id } = planned('One', 'Two', 'Three')
  expect(() => jobResult(board, ownJob(board, 'ann', job_id))).toThrow(expect.objectContaining({ status: 404 }))
  for (const output of ['One is done.', undefined, 'Three is done.']) {
    submitted(({ todoId, claimId: claim_id }) => {
      if (output !== undefined) putTodoResult(board, todoId, { claim_id, output })
    })
    putAudit(board, claim('audit'), { approved: true, reason: '' })
  }
  const [one, _two, three] = todosOf(board, job_id).filter(({ kind }) => kind === 'work')
  expect(jobResult(board, ownJob(board, 'ann', job_id))).toMatchObject({
    results: [
      { todo_id: one!.todo_id, output: 'One is done.' },
      { todo_id: three!.todo_id, output: 'Three is done.' },
    ],
    completed_at: '2026-01-01T00:00:00.000Z',
  })
})
