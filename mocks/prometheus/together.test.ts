import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { container } from '#contracts/prometheus/container.ts'
import { worker } from '#contracts/prometheus/node.ts'
import { client, type Client } from '#harness/client/client.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { Peers } from '#harness/mock/background.ts'
import type { MockOptions, StartedMock } from '#harness/mock/mock.ts'
import { intercept } from '#harness/mock/msw/intercept.ts'
import type { Served } from '#harness/serve/service.ts'
import { mock as containerMock } from './container.mock.ts'
import { mock as coordinatorMock } from './coordinator.mock.ts'
import { newJob } from './coordinator/states/examples.ts'
import { mock as plannerMock } from './node-planner.mock.ts'
import { mock as workerMock } from './node-worker.mock.ts'
import { eventually } from './shared/testing/running.ts'

const mocks = {
  coordinator: coordinatorMock,
  container: containerMock,
  'node-planner': plannerMock,
  'node-worker': workerMock,
}
type Name = keyof typeof mocks
const names = Object.keys(mocks) as Name[]
const peers: Peers = (component) => `http://${component}.test`

type Together = AsyncDisposable &
  Readonly<{
    all: Readonly<Record<Name, StartedMock>>
    /** What was served, in order: `component operation status`; `component is away` for what was not. */
    served: readonly string[]
    /** Lets through what is sent to a component that was away. */
    mend: (name: Name) => void
  }>

/** All stand-ins, each calling the others. Nothing that one sends is outside its contract. */
function together(environment: Readonly<Record<string, string>> = {}, awayAtFirst: readonly Name[] = []): Together {
  const findings: Finding[] = []
  const served: string[] = []
  const away = new Set(awayAtFirst)
  function optionsOf(name: Name): MockOptions {
    const onServed = ({ operation, status }: Served): void => void served.push(`${name} ${operation} ${status}`)
    return { peers, environment, onServed, onFinding: (finding) => findings.push(finding) }
  }
  const all = Object.fromEntries(names.map((name) => [name, mocks[name].start(optionsOf(name))])) as Together['all']
  const services = names.map((name) => {
    const { service } = all[name]
    async function fetch(request: Request): Promise<Response> {
      if (!away.has(name)) return service.fetch(request)
      served.push(`${name} is away`)
      return Response.error()
    }
    return [peers(name), { ...service, fetch }] as const
  })
  const interception = intercept(Object.fromEntries(services))
  return {
    all,
    served,
    mend: (name) => void away.delete(name),
    async [Symbol.asyncDispose]() {
      await Promise.all(names.map((name) => all[name].quiet()))
      await Promise.all(names.map((name) => all[name][Symbol.asyncDispose]()))
      interception.stop()
      expect(findings).toEqual([])
    },
  }
}

async function ownerOf({ all }: Together): Promise<Client<typeof coordinator>> {
  const { token } = await all.coordinator.setUp('callerKnown', { name: 'ann', role: 'owner' })
  return client(coordinator, {
    baseUrl: peers('coordinator'),
    credentials: { kind: 'bearer', token: () => String(token) },
  })
}

/** Busy machines take their time. */
const patienceMs = 30_000

const job = { ...newJob('Holidays'), swarm_spec: { ...newJob('Holidays').swarm_spec, task: 'Book a flight\nPack' } }

test(
  'a job is planned, worked on and audited, until it is completed with a result for each step',
  async () => {
    await using system = together()
    const owner = await ownerOf(system)
    const { job_id } = (await owner.createJob({ body: job })).body.data
    const done = await eventually(
      async () => (await owner.getJob({ params: { job_id } })).body.data,
      ({ status }) => status === 'completed',
    )
    expect(done).toMatchObject({ progress: 1, error: null })
    const { data: todos } = (await owner.listTodos({ params: { job_id } })).body
    expect(todos.map(({ kind, title, status, attempts }) => [kind, title, status, attempts])).toEqual([
      ['plan', 'Holidays', 'done', 1],
      ['work', 'Book a flight', 'done', 1],
      ['work', 'Pack', 'done', 1],
    ])
    const pullRequest = expect.stringMatching(/^https:\/\/github\.com\/octo-org\/octo-repo\/pull\/\d+$/) as string
    expect(todos.map(({ pull_request_url }) => pull_request_url)).toEqual([null, pullRequest, pullRequest])
    const { results } = (await owner.getJobResult({ params: { job_id } })).body.data
    expect(results.map(({ todo_id, output }) => [todo_id, output])).toEqual([
      [todos[1]!.todo_id, 'Done: Book a flight'],
      [todos[2]!.todo_id, 'Done: Pack'],
    ])
  },
  patienceMs,
)

test(
  'every call that one makes of another is taken',
  async () => {
    await using system = together()
    const owner = await ownerOf(system)
    const { job_id } = (await owner.createJob({ body: job })).body.data
    await eventually(
      async () => (await owner.getJob({ params: { job_id } })).body.data.status,
      (status) => status === 'completed',
    )
    expect([...new Set(system.served)].filter((line) => !/claimTodo 204|health/.test(line)).toSorted()).toEqual([
      'container audit 200',
      'container startTask 202',
      'coordinator addLogs 202',
      'coordinator claimTodo 201',
      'coordinator createJob 201',
      'coordinator getJob 200',
      'coordinator putAudit 200',
      'coordinator putPlan 200',
      'coordinator putPullRequest 200',
      'coordinator putSubmission 200',
      'coordinator putTodoResult 201',
      'node-planner reportPlan 204',
      'node-worker reportPullRequest 204',
    ])
  },
  patienceMs,
)

test(
  'a job with nothing to plan fails in the end, and its error says why',
  async () => {
    await using system = together({ MAX_ATTEMPTS: '2' })
    const owner = await ownerOf(system)
    const body = { ...job, swarm_spec: { ...job.swarm_spec, task: ' ' } }
    const { job_id } = (await owner.createJob({ body })).body.data
    const failed = await eventually(
      async () => (await owner.getJob({ params: { job_id } })).body.data,
      ({ status }) => status === 'failed',
    )
    expect(failed.error).toBe('There is nothing to plan: the description is empty.')
    expect((await owner.listTodos({ params: { job_id } })).body.data).toMatchObject([{ status: 'failed', attempts: 2 }])
  },
  patienceMs,
)

test(
  'a submission that is rejected is worked on again, until the job has failed',
  async () => {
    await using system = together({ MAX_ATTEMPTS: '2' })
    await system.all.container.setUp('agentJudges', { approved: false, reason: 'Too long.' })
    const owner = await ownerOf(system)
    const { job_id } = (await owner.createJob({ body: job })).body.data
    const failed = await eventually(
      async () => (await owner.getJob({ params: { job_id } })).body.data,
      ({ status }) => status === 'failed',
    )
    expect(failed.error).toBe('Too long.')
  },
  patienceMs,
)

test.each(names.filter((name) => name !== 'coordinator'))(
  'nothing is lost while the %s is away, and nothing is claimed without a container',
  async (name) => {
    await using system = together({}, [name])
    const owner = await ownerOf(system)
    const { job_id } = (await owner.createJob({ body: job })).body.data
    const status = async (): Promise<string> => (await owner.getJob({ params: { job_id } })).body.data.status
    await eventually(
      () => Promise.resolve(system.served),
      (served) => served.includes(`${name} is away`),
    )
    expect(await status()).toBe(name === 'container' ? 'pending' : 'in_progress')
    system.mend(name)
    await eventually(status, (now) => now === 'completed')
  },
  patienceMs,
)

test(
  'nodes go on by themselves once the coordinator is there',
  async () => {
    await using system = together({}, ['coordinator'])
    const workerHealth = client(worker, { baseUrl: peers('node-worker') })
    expect((await workerHealth.health()).body.coordinator).toBe('unreached')
    system.mend('coordinator')
    await eventually(
      async () => (await workerHealth.health()).body.coordinator,
      (coordinatorState) => coordinatorState === 'reached',
    )
    const owner = await ownerOf(system)
    const { job_id } = (await owner.createJob({ body: job })).body.data
    await eventually(
      async () => (await owner.getJob({ params: { job_id } })).body.data.status,
      (status) => status === 'completed',
    )
  },
  patienceMs,
)

test(
  'a reset ends what was going on, and everything begins anew',
  async () => {
    await using system = together()
    const owner = await ownerOf(system)
    await owner.createJob({ body: job })
    await Promise.all(names.map((name) => system.all[name].quiet()))
    await Promise.all(names.map((name) => system.all[name].reset()))
    const again = await ownerOf(system)
    expect((await again.listJobs()).body.data).toEqual([])
    const { job_id } = (await again.createJob({ body: job })).body.data
    await eventually(
      async () => (await again.getJob({ params: { job_id } })).body.data.status,
      (status) => status === 'completed',
    )
    expect((await client(container, { baseUrl: peers('container') }).health()).body.running_tasks).toBe(0)
  },
  patienceMs,
)
