import { startTcpTap, throughTap, type RunningTcpTap } from '#harness/stack/tcp-tap.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { exampleCoordinator, startUpMs, type ExampleCoordinator } from './testing/example-coordinator.ts'
import { exampleJob } from './testing/example-job.ts'

let tap: RunningTcpTap
let app: ExampleCoordinator
beforeAll(async () => {
  app = await exampleCoordinator({
    async changes({ DATABASE_URL = '' }) {
      const { hostname, port } = new URL(DATABASE_URL)
      tap = await startTcpTap({ target: { host: hostname, port: Number(port) } })
      return { DATABASE_URL: throughTap(DATABASE_URL, tap) }
    },
  })
}, startUpMs)
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await tap.stop()
})
beforeEach(() => app.reset())

async function health(): Promise<[number, unknown]> {
  const reply = await fetch(`${app.urls[0]}/health`)
  return [reply.status, await reply.json()]
}

test.each(['cut', 'stall'] as const)(
  'where the way to the database is %s, health says so and calls fail in time, and all comes back by itself',
  async (how) => {
    const owner = await app.owner('ann')
    expect(await health()).toEqual([200, { database: 'healthy' }])
    tap[how]()
    try {
      expect(await health()).toEqual([503, { database: 'unhealthy' }])
      await expect(owner.createJob({ body: exampleJob })).rejects.toMatchObject({ status: 500 })
    } finally {
      tap.restore()
    }
    await eventually('the coordinator is healthy', async () => (await health())[0] === 200, 20_000)
    expect((await owner.createJob({ body: exampleJob })).status).toBe(201)
  },
  40_000,
)

test('a request is logged, and what was done for it, under its id and without what it holds', async () => {
  const { token } = await app.given.callerKnown({ name: 'ann', role: 'owner' })
  const reply = await fetch(`${app.urls[0]}/api/swarm/jobs?per_page=7`, {
    headers: { authorization: `Bearer ${token}`, 'x-request-id': 'request-1' },
  })
  expect(reply.headers.get('x-request-id')).toBe('request-1')
  const lines = app.log.filter((line) => line['request_id'] === 'request-1')
  expect(lines).toContainEqual(
    expect.objectContaining({ component: 'coordinator', operation: 'listJobs', path: '/api/swarm/jobs', status: 200 }),
  )
  expect(lines).toContainEqual(expect.objectContaining({ component: 'database', query: 'jobs.page' }))
  expect(JSON.stringify(app.log)).not.toContain(token.split('.')[2])
})

test('neither keys nor signatures get into the log, whatever goes wrong', async () => {
  const { private_key } = await app.given.nodeRegistered({ name: 'node-x' })
  const node = await app.node('node-x')
  await node.claimTodo({ body: { kind: 'work' } })
  const authorization = 'Signature 1111.placeholder'
  const headers = { authorization, 'content-type': 'application/json' }
  await fetch(`${app.urls[0]}/api/claims`, { method: 'POST', headers, body: '{}' })
  const log = JSON.stringify(app.log)
  expect(log).toContain('claimTodo')
  expect(log).not.toContain(private_key)
  expect(log).not.toContain('placeholder')
})

test('an unknown path is refused in the shape of all errors', async () => {
  const unknown = await fetch(`${app.urls[0]}/api/nothing`)
  expect([unknown.status, await unknown.json()]).toEqual([
    404,
    { error: expect.objectContaining({ code: 'not_found', request_id: unknown.headers.get('x-request-id') }) },
  ])
})
