import { container } from '#contracts/prometheus/container.ts'
import type { Client } from '#harness/client/client.ts'
import { mock } from './container.mock.ts'
import { refusal, run, type Running } from './shared/testing/running.ts'

const { states } = container
const start = (): Running<typeof container> => run(container, mock)
const task_id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const todo_id = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'
const params = { task_id }
const body = {
  kind: 'work',
  todo_id,
  job_id: '5c1d9f3a-7b2e-4d6c-9a8f-0b1c2d3e4f5a',
  title: 'Pack',
  description: 'All of it.',
  repository: { owner: 'octo-org', name: 'octo-repo' },
} as const

test('every operation has a handler', () => {
  expect(mock.start().unhandled).toEqual([])
})

test('work is begun, and has a pull request by the next question', async () => {
  await using host = start()
  const node = await host.as('node')
  const begun = await node.startTask({ params, body })
  expect([begun.status, begun.body.data]).toMatchObject([202, { task_id, todo_id, status: 'running', error: null }])
  expect((await node.getTask({ params })).body.data).toEqual({ ...begun.body.data, status: 'succeeded' })
  const { data } = (await node.getSubmission({ params })).body
  expect(data.pull_request_url).toMatch(/^https:\/\/github\.com\/octo-org\/octo-repo\/pull\/\d+$/)
  const { data: lines } = (await node.listLogs({ query: { task_id } })).body
  expect(lines.map(({ message }) => message)).toEqual(['Begun: Pack', 'Done: Pack'])
})

test('the same task again changes nothing, another one of its id is a conflict', async () => {
  await using host = start()
  const node = await host.as('node')
  await node.startTask({ params, body })
  expect((await node.startTask({ params, body })).status).toBe(200)
  expect(await refusal(node.startTask({ params, body: { ...body, title: 'Go' } }))).toEqual([409, 'conflict'])
})

test('a task of a state is the same if all agrees that the state says', async () => {
  await using host = start()
  const node = await host.as('node')
  const running = states.taskRunning({ task_id, todo_id, kind: 'work', title: 'Pack' })
  await host.given(running, running)
  const known = await node.startTask({ params, body })
  expect([known.status, known.body.data.status]).toEqual([200, 'running'])
  expect(await refusal(node.startTask({ params, body: { ...body, kind: 'plan' } }))).toEqual([409, 'conflict'])
  expect((await host.api().health()).body).toEqual({ status: 'healthy', running_tasks: 1 })
})

test('tasks of states are as they are said to be', async () => {
  await using host = start()
  const node = await host.as('node')
  const pull_request_url = 'https://github.com/octo-org/octo-repo/pull/7'
  await host.given(states.taskSucceeded({ task_id, todo_id, title: 'Pack', pull_request_url }))
  expect((await node.getSubmission({ params })).body.data).toMatchObject({ task_id, pull_request_url })
  await host.given(states.taskFailed({ task_id, todo_id, kind: 'work', error: 'No bags.' }))
  expect((await node.getTask({ params })).body.data).toMatchObject({ status: 'failed', error: 'No bags.' })
  expect(await refusal(node.getSubmission({ params }))).toEqual([404, 'not_found'])
})

test('what is not known is not there', async () => {
  await using host = start()
  const node = await host.as('node')
  expect(await refusal(node.getTask({ params }))).toEqual([404, 'not_found'])
  expect(await refusal(node.getSubmission({ params }))).toEqual([404, 'not_found'])
  expect((await node.listLogs({ query: { task_id } })).body.data).toEqual([])
})

test('a plan has no pull request', async () => {
  await using host = start()
  const node = await host.as('node')
  await node.startTask({ params, body: { ...body, kind: 'plan' } })
  expect(await refusal(node.getSubmission({ params }))).toEqual([404, 'not_found'])
})

test('lines are listed oldest first, page by page', async () => {
  await using host = start()
  const entries = ['one', 'two', 'three'].map((message) => ({ level: 'info' as const, message }))
  await host.given(states.logsExist({ task_id, entries }), states.logsExist({ task_id, entries }))
  const { data, pagination } = (await (await host.as('node')).listLogs({ query: { task_id, per_page: 2, page: 2 } }))
    .body
  expect(data.map(({ message }) => message)).toEqual(['three'])
  expect(pagination).toEqual({ page: 2, per_page: 2, total_items: 3, total_pages: 2 })
})

test('the agent judges by itself until it is told how', async () => {
  await using host = start()
  const node = await host.as('node')
  const judged = async (pull_request_url: string): Promise<boolean> =>
    (await node.audit({ body: { todo_id, round: 1, pull_request_url, github_username: 'ann' } })).body.data.approved
  const [good, bad] = ['https://github.com/octo-org/octo-repo/pull/7', 'https://example.com/pull/7']
  expect([await judged(good), await judged(bad)]).toEqual([true, false])
  await host.given(states.agentJudges({ approved: false, reason: 'Too long.' }))
  expect(await judged(good)).toBe(false)
  await host.given(states.agentJudges({ approved: true, reason: 'Good.' }))
  expect(await judged(bad)).toBe(true)
})

test('models and swarm types are listed', async () => {
  await using host = start()
  const node = await host.as('node')
  expect((await node.listModels()).body.data).toEqual([{ name: 'built-in', provider: 'prometheus' }])
  expect((await node.listSwarmTypes()).body.data).toContain('SequentialWorkflow')
})

type Api = Client<typeof container>

test.each<[string, (api: Api) => Promise<unknown>]>([
  ['startTask', (api) => api.startTask({ params, body })],
  ['getTask', (api) => api.getTask({ params })],
  ['getSubmission', (api) => api.getSubmission({ params })],
  ['listLogs', (api) => api.listLogs({ query: { task_id } })],
  ['listModels', (api) => api.listModels()],
  ['listSwarmTypes', (api) => api.listSwarmTypes()],
])('%s is for nodes', async (_name, call) => {
  await using host = start()
  expect(await refusal(call(await host.as('owner')))).toEqual([403, 'forbidden'])
  expect(await refusal(call(host.api()))).toEqual([401, 'unauthorized'])
})
