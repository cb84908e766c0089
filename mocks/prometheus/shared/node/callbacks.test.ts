import { planner, worker } from '#contracts/prometheus/node.ts'
import { mock as plannerMock } from '../../node-planner.mock.ts'
import { mock as workerMock } from '../../node-worker.mock.ts'
import { refusal, run } from '../testing/running.ts'

const task_id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const params = { task_id }
const pull_request_url = 'https://github.com/octo-org/octo-repo/pull/7'
const todos = [{ title: 'Pack', description: 'All of it.' }]
const awaited = planner.states.taskAwaited({ task_id })
const abandoned = planner.states.taskAbandoned({ task_id })

/** Each node with its own kind of report: the one that is due, and another. */
const nodes = [
  [
    'planner',
    () => {
      const host = run(planner, plannerMock)
      const as = async (role: 'container' | 'node') => {
        const api = await host.as(role)
        const report = (body: { todos: typeof todos }) => api.reportPlan({ params, body })
        return { ...api, due: () => report({ todos }), other: () => report({ todos: [...todos, ...todos] }) }
      }
      return { host, as }
    },
  ],
  [
    'worker',
    () => {
      const host = run(worker, workerMock)
      const as = async (role: 'container' | 'node') => {
        const api = await host.as(role)
        const report = (url: string) => api.reportPullRequest({ params, body: { pull_request_url: url } })
        return { ...api, due: () => report(pull_request_url), other: () => report(`${pull_request_url}2`) }
      }
      return { host, as }
    },
  ],
] as const

test.each([plannerMock, workerMock])('every operation of a node has a handler', (mock) => {
  expect(mock.start().unhandled).toEqual([])
})

describe.each(nodes)('the %s', (_name, start) => {
  test('takes what it waits for, again too, and nothing else afterwards', async () => {
    const { host, as } = start()
    await using _host = host
    await host.given(awaited, awaited)
    const container = await as('container')
    expect((await container.getTask({ params })).body.data).toEqual({ task_id, status: 'awaited' })
    expect((await container.due()).status).toBe(204)
    expect((await container.due()).status).toBe(204)
    expect((await container.getTask({ params })).body.data.status).toBe('reported')
    expect(await refusal(container.other())).toEqual([409, 'conflict'])
    const failure = container.reportFailure({ params, body: { message: 'No idea.' } })
    expect(await refusal(failure)).toEqual([409, 'conflict'])
  })

  test('takes that it could not be done', async () => {
    const { host, as } = start()
    await using _host = host
    await host.given(awaited)
    const container = await as('container')
    const fail = (message: string) => container.reportFailure({ params, body: { message } })
    expect((await fail('No idea.')).status).toBe(204)
    expect((await fail('No idea.')).status).toBe(204)
    expect(await refusal(fail('No time.'))).toEqual([409, 'conflict'])
  })

  test('does not take what it has given up', async () => {
    const { host, as } = start()
    await using _host = host
    await host.given(awaited, abandoned)
    const container = await as('container')
    expect((await container.getTask({ params })).body.data.status).toBe('abandoned')
    expect(await refusal(container.due())).toEqual([409, 'abandoned'])
    const failure = container.reportFailure({ params, body: { message: 'No idea.' } })
    expect(await refusal(failure)).toEqual([409, 'abandoned'])
  })

  test('does not know what it never gave to a container', async () => {
    const { host, as } = start()
    await using _host = host
    const container = await as('container')
    expect(await refusal(container.getTask({ params }))).toEqual([404, 'not_found'])
    expect(await refusal(container.due())).toEqual([404, 'not_found'])
  })

  test('listens to containers only', async () => {
    const { host, as } = start()
    await using _host = host
    await host.given(awaited)
    const node = await as('node')
    expect(await refusal(node.due())).toEqual([403, 'forbidden'])
    expect(await refusal(node.getTask({ params }))).toEqual([403, 'forbidden'])
    expect(await refusal(host.api().getTask({ params }))).toEqual([401, 'unauthorized'])
  })

  test('says that it does not reach the coordinator where it calls nobody', async () => {
    const { host } = start()
    await using _host = host
    expect((await host.api().health()).body).toEqual({ status: 'healthy', coordinator: 'unreached' })
  })
})
