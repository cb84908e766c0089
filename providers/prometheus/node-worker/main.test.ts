import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { workerName } from '#contracts/prometheus/node.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { nodeStates } from '../shared/states/node-states.ts'
import { exampleContainer, pullRequestUrl, type ExampleContainer } from '../shared/testing/example-container.ts'
import { exampleCoordinator, type ExampleCoordinator } from '../shared/testing/example-coordinator.ts'
import { end, nodeProcesses, type NodeProcesses } from '../shared/testing/node-process.ts'
import { realClock } from '../shared/work/clock.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

let resources: AsyncDisposableStack
let coordinator: ExampleCoordinator
let container: ExampleContainer
let directory: string
let nodes: NodeProcesses
beforeEach(async () => {
  resources = new AsyncDisposableStack()
  coordinator = resources.use(await exampleCoordinator(realClock))
  container = resources.use(await exampleContainer())
  directory = await mkdtemp(join(tmpdir(), 'prometheus-worker-'))
  resources.defer(() => rm(directory, { recursive: true, force: true }))
  nodes = resources.use(nodeProcesses(main))
}, startUpMs)
afterEach(() => resources.disposeAsync(), startUpMs)

function environment(): Record<string, string> {
  return {
    JWT_KEYS: developmentKeys.tokenKeys,
    WORKER_BIND: '127.0.0.1:0',
    WORKER_DATA: directory,
    WORKER_PRIVATE_KEY: developmentKeys.worker.privateKey,
    COORDINATOR_URL: coordinator.url,
    CONTAINER_URL: container.url,
    POLL_SECONDS: '0.05',
  }
}

async function report(url: string, taskId: string): Promise<number> {
  const { handlers } = nodeStates({ audience: workerName, keys: developmentKeys.tokenKeys, directory })
  const { token } = await handlers.callerKnown({ name: 'container', role: 'container' })
  const { status } = await fetch(`${url}/api/tasks/${taskId}/pull-request`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ pull_request_url: pullRequestUrl }),
  })
  return status
}

test(
  'a process that is killed in the middle of a task is followed by one that ends it',
  async () => {
    const first = await nodes.listening(environment())
    coordinator.queue('work')
    await eventually('the container has a task', () => container.given.length > 0, startUpMs)
    expect(await end(first.node, 'SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' })
    const second = await nodes.listening(environment())
    expect(await report(second.url, container.given[0]!)).toBe(204)
    await eventually('the work is submitted', () => coordinator.outcomes().length === 2, startUpMs)
    expect(coordinator.outcomes()).toEqual(['putPullRequest', 'putSubmission'])
    expect(coordinator.claimed()).toBe(1)
  },
  startUpMs,
)

test(
  'it ends well when it is asked to, with a task under way or with nobody to work for',
  async () => {
    const busy = await nodes.listening(environment())
    coordinator.queue('work')
    await eventually('the container has a task', () => container.given.length > 0, startUpMs)
    expect(await end(busy.node, 'SIGTERM')).toEqual({ code: 0, signal: null })
    const alone = await nodes.listening({ ...environment(), COORDINATOR_URL: 'http://127.0.0.1:1' })
    expect(await (await fetch(`${alone.url}/health`)).json()).toEqual({ status: 'healthy', coordinator: 'unreached' })
    expect(await end(alone.node, 'SIGINT')).toEqual({ code: 0, signal: null })
  },
  startUpMs,
)

test(
  'an incomplete environment is named, variable by variable, without values',
  async () => {
    const { code, message } = await nodes.failure({
      ...environment(),
      WORKER_DATA: undefined,
      JWT_KEYS: 'short-and-secret',
    })
    expect(code).toBe(14)
    expect(message).toContain('WORKER_DATA: Directory where the worker keeps')
    expect(message).toContain('JWT_KEYS: ')
    expect(message).not.toContain('short-and-secret')
  },
  startUpMs,
)

test.each([
  ['a key that is none', { WORKER_PRIVATE_KEY: '1'.repeat(40) }, 'WORKER_PRIVATE_KEY cannot be used'],
  ['keys of the same id', { JWT_KEYS: [1, 2].map((n) => `a=${'x'.repeat(31)}${n}`).join() }, 'JWT_KEYS cannot be used'],
  [
    'a directory that cannot be written to',
    { WORKER_DATA: '/dev/null/tasks' },
    'tasks cannot be kept in /dev/null/tasks',
  ],
])(
  '%s keeps it from starting',
  async (_what, changes, expected) => {
    const { code, message } = await nodes.failure({ ...environment(), ...changes })
    expect(message).toContain(expected)
    expect(code).toBe(14)
  },
  startUpMs,
)

test(
  'a port that is taken is named, and nothing is claimed',
  async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
    coordinator.queue('work')
    const { code, message } = await nodes.failure({ ...environment(), WORKER_BIND: address })
    expect(code).toBe(14)
    expect(message).toContain(`cannot listen at ${address}`)
    expect(coordinator.claimed()).toBe(0)
    await new Promise((resolve) => server.close(resolve))
  },
  startUpMs,
)
