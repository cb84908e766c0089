import { doTask, judge } from './agent.ts'

const task_id = '0000ff52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const task = {
  kind: 'plan',
  todo_id: '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e',
  job_id: '5c1d9f3a-7b2e-4d6c-9a8f-0b1c2d3e4f5a',
  title: 'Holidays',
  description: ' Book a flight \n\n\tPack\r\n',
  repository: { owner: 'octo-org', name: 'octo-repo' },
} as const

test('a plan has one step for each line that says something', () => {
  expect(doTask(task_id, task)).toEqual({
    kind: 'planned',
    todos: [
      { title: 'Book a flight', description: 'Book a flight' },
      { title: 'Pack', description: 'Pack' },
    ],
  })
})

test('a long line is a step with a title that fits', () => {
  const line = 'x'.repeat(300)
  expect(doTask(task_id, { ...task, description: line })).toMatchObject({
    todos: [{ title: 'x'.repeat(200), description: line }],
  })
})

test.each([
  ['nothing', ' \n', 'nothing to plan'],
  ['more than a plan may have', 'x\n'.repeat(101), 'too much to plan: 101 steps'],
])('%s cannot be planned', (_what, description, error) => {
  expect(doTask(task_id, { ...task, description })).toEqual({
    kind: 'failed',
    error: expect.stringContaining(error) as string,
  })
})

test('work has a pull request by the task’s id, which the agent itself would approve', () => {
  const worked = doTask(task_id, { ...task, kind: 'work' })
  const pullRequestUrl = 'https://github.com/octo-org/octo-repo/pull/256'
  expect(worked).toEqual({ kind: 'worked', output: 'Done: Holidays', pullRequestUrl })
  expect(judge(pullRequestUrl).approved).toBe(true)
})

test.each([
  'http://github.com/octo-org/octo-repo/pull/1',
  'https://github.com/octo-org/octo-repo/issues/1',
  'https://github.com/octo-org/octo-repo/pull/1/files',
  'https://github.com.example.com/octo-org/octo-repo/pull/1',
])('%s is not approved', (url) => {
  expect(judge(url).approved).toBe(false)
})
