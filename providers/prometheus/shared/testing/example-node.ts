import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { containerName } from '#contracts/prometheus/container.ts'
import type { NodeOptions } from '#consumers/prometheus/shared/node-options.ts'
import { tokenSource } from '#consumers/prometheus/shared/token-source.ts'
import { makeLoggers } from '#harness/live-kit/log.ts'
import { listen } from '#harness/serve/node/host.ts'
import { readTokenKeys } from '#contracts/prometheus/auth/tokens.ts'
import type { NodeTools, OpenNode } from '../open-node.ts'
import { nodeStates } from '../states/node-states.ts'
import { exampleContainer, type ExampleContainer } from './example-container.ts'
import { exampleCoordinator, type ExampleCoordinator } from './example-coordinator.ts'
import { testClock, type TestClock } from './test-clock.ts'

/** What the container tells a node, and what the node says. */
type Answer = Readonly<{ status: number; body: unknown }>

/** A node on a port, between a coordinator and a container that a test commands. */
export type ExampleNode = AsyncDisposable &
  Readonly<{
    coordinator: ExampleCoordinator
    container: ExampleContainer
    clock: TestClock
    directory: string
    /** Starts the node; where it runs it is ended first. */
    start: () => Promise<void>
    stop: () => Promise<void>
    url: () => string
    /** Reports as the container: `report(taskId, 'plan', { todos })`. */
    report: (taskId: string, what: string, body: unknown) => Promise<Answer>
    get: (path: string) => Promise<Answer>
    /** What its health says of the coordinator. */
    reach: () => Promise<string>
    /** Status of a task; undefined where the node knows none. */
    status: (taskId: string) => Promise<string | undefined>
    /** Waits until the next task is with the container; gives its id. */
    given: () => Promise<string>
    states: ReturnType<typeof nodeStates>
  }>

export type ExampleNodeOptions = Readonly<{
  /** The name of the node's contract. */
  audience: string
  privateKey: string
  open: (options: NodeOptions, tools: NodeTools) => Promise<OpenNode>
}>

const keys = developmentKeys.tokenKeys

/** Prepares everything around a node; it is not started yet. */
export async function exampleNode({ audience, privateKey, open }: ExampleNodeOptions): Promise<ExampleNode> {
  await using resources = new AsyncDisposableStack()
  const clock = testClock()
  const coordinator = resources.use(await exampleCoordinator(clock))
  const container = resources.use(await exampleContainer())
  const directory = await mkdtemp(join(tmpdir(), 'prometheus-node-'))
  resources.defer(() => rm(directory, { recursive: true, force: true }))
  const states = nodeStates({ audience, keys, directory })
  const { token } = await states.handlers.callerKnown({ name: 'container', role: 'container' })
  const node = nodeOnPort(() =>
    open(
      {
        coordinatorUrl: coordinator.url,
        containerUrl: container.url,
        privateKey,
        token: tokenSource({ keys, caller: { name: 'node', role: 'node' }, audience: containerName }),
        retries: 0,
      },
      {
        directory,
        keys: readTokenKeys(keys),
        pollSeconds: 20,
        githubUsername: 'example-node',
        clock,
        logs: makeLoggers(['node', 'work'], { level: 'silent' }),
      },
    ),
  )
  resources.use(node)
  const owned = resources.move()
  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    send(`${node.url()}${path}`, { method, token, body })
  return {
    ...node,
    coordinator,
    container,
    clock,
    directory,
    states,
    get: (path) => call('GET', path),
    report: (taskId, what, body) => call('PUT', `/api/tasks/${taskId}/${what}`, body),
    async reach() {
      const { body } = await call('GET', '/health')
      return (body as { coordinator: string }).coordinator
    },
    async status(taskId) {
      const { body } = await call('GET', `/api/tasks/${taskId}`)
      return (body as { data?: { status: string } }).data?.status
    },
    async given() {
      const before = container.given.length
      await clock.until('the container is given a task', () => container.given.length > before)
      return container.given.at(-1) ?? ''
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

type NodeOnPort = AsyncDisposable & Pick<ExampleNode, 'start' | 'stop' | 'url'>

function nodeOnPort(open: () => Promise<OpenNode>): NodeOnPort {
  let running: { url: string; resources: AsyncDisposableStack } | undefined
  async function stop(): Promise<void> {
    await running?.resources.disposeAsync()
    running = undefined
  }
  return {
    stop,
    url: () => running?.url ?? 'http://127.0.0.1:1',
    async start() {
      await stop()
      const resources = new AsyncDisposableStack()
      const node = resources.use(await open())
      const listening = resources.use(await listen(node.service))
      node.begin()
      running = { url: listening.url, resources }
    },
    [Symbol.asyncDispose]: stop,
  }
}

async function send(url: string, call: { method: string; token: string; body: unknown }): Promise<Answer> {
  const response = await fetch(url, {
    method: call.method,
    headers: { authorization: `Bearer ${call.token}`, 'content-type': 'application/json' },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
}
