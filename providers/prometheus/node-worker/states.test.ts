import { readdir } from 'node:fs/promises'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import type { ExampleNode } from '../shared/testing/example-node.ts'
import { states } from './states.ts'
import { exampleWorker } from './testing/example-worker.ts'

const task_id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

let node: ExampleNode
let live: Awaited<ReturnType<typeof states>>
beforeEach(async () => {
  node = await exampleWorker()
  await node.start()
  live = await states({
    baseUrl: node.url(),
    environment: {
      JWT_KEYS: developmentKeys.tokenKeys,
      WORKER_BIND: '127.0.0.1:0',
      WORKER_DATA: node.directory,
      WORKER_PRIVATE_KEY: developmentKeys.worker.privateKey,
      COORDINATOR_URL: node.coordinator.url,
      CONTAINER_URL: node.container.url,
    },
    cut: () => Promise.reject(new Error('nothing is cut here')),
    restore: () => Promise.reject(new Error('nothing is cut here')),
  })
})
afterEach(() => node[Symbol.asyncDispose]())

async function ask(token: string): Promise<Response> {
  return fetch(`${node.url()}/api/tasks/${task_id}`, { headers: { authorization: `Bearer ${token}` } })
}

test('a known caller has a token of its role, an expired one is over', async () => {
  await live.handlers.taskAwaited({ task_id })
  const { token } = await live.handlers.callerKnown({ name: 'container', role: 'container' })
  expect((await ask(token)).status).toBe(200)
  const owner = await live.handlers.callerKnown({ name: 'ann', role: 'owner' })
  expect((await ask(owner.token)).status).toBe(403)
  const expired = await live.handlers.tokenExpired({ name: 'container', role: 'container' })
  expect(await (await ask(expired.token)).json()).toMatchObject({ error: { code: 'token_expired' } })
})

test('tasks are as the state says, and gone after a reset', async () => {
  await live.handlers.taskAwaited({ task_id })
  expect(await node.status(task_id)).toBe('awaited')
  await live.handlers.taskAbandoned({ task_id })
  expect(await node.status(task_id)).toBe('abandoned')
  await live.handlers.failureReported({ task_id, message: 'No idea.' })
  expect(await node.status(task_id)).toBe('reported')
  await live.handlers.taskAwaited({ task_id })
  await live.handlers.pullRequestReported({ task_id, pull_request_url: 'https://github.com/octo-org/octo-repo/pull/7' })
  expect(await node.status(task_id)).toBe('reported')
  await live.reset()
  expect(await node.status(task_id)).toBeUndefined()
  expect(await readdir(node.directory)).toEqual([])
})
