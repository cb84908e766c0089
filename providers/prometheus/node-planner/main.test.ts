import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { exampleContainer } from '../shared/testing/example-container.ts'
import { exampleCoordinator } from '../shared/testing/example-coordinator.ts'
import { end, nodeProcesses } from '../shared/testing/node-process.ts'
import { realClock } from '../shared/work/clock.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

test(
  'a process that is killed in the middle of an audit is followed by one that ends it',
  async () => {
    await using resources = new AsyncDisposableStack()
    const coordinator = resources.use(await exampleCoordinator(realClock))
    const container = resources.use(await exampleContainer())
    const directory = await mkdtemp(join(tmpdir(), 'prometheus-planner-'))
    resources.defer(() => rm(directory, { recursive: true, force: true }))
    const nodes = resources.use(nodeProcesses(main))
    const environment = {
      JWT_KEYS: developmentKeys.tokenKeys,
      PLANNER_BIND: '127.0.0.1:0',
      PLANNER_DATA: directory,
      PLANNER_PRIVATE_KEY: developmentKeys.planner.privateKey,
      COORDINATOR_URL: coordinator.url,
      CONTAINER_URL: container.url,
      POLL_SECONDS: '0.05',
    }
    coordinator.queue('audit')
    const first = await nodes.listening(environment)
    await eventually('the container is asked for an audit', () => container.audits() > 0, startUpMs)
    expect(await end(first.node, 'SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' })
    const second = await nodes.listening(environment)
    await eventually('the container is asked again', () => container.audits() > 1, startUpMs)
    container.judge({ approved: false, reason: 'It says nothing.' })
    await eventually('the verdict is stored', () => coordinator.outcomes().length > 0, startUpMs)
    expect(coordinator.calls.at(-1)).toMatchObject({ operation: 'putAudit', body: { approved: false } })
    expect(await end(second.node, 'SIGTERM')).toEqual({ code: 0, signal: null })
  },
  startUpMs,
)

test(
  'an environment that says nothing is named, variable by variable',
  async () => {
    await using nodes = nodeProcesses(main)
    const { code, message } = await nodes.failure({ PLANNER_DATA: undefined })
    expect(code).toBe(14)
    for (const variable of ['PLANNER_DATA', 'PLANNER_PRIVATE_KEY', 'COORDINATOR_URL', 'CONTAINER_URL', 'JWT_KEYS'])
      expect(message).toContain(`${variable}: `)
  },
  startUpMs,
)
