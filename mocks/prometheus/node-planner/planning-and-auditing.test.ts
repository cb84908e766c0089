import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'
import { container } from '#contracts/prometheus/container.ts'
import type { Client } from '#harness/client/client.ts'
import { ConnectionError } from '#harness/client/errors.ts'
import { mock as containerMock } from '../container.mock.ts'
import { coordinatorBy } from '../coordinator.mock.ts'
import type { ActiveNode } from '../shared/node/active-node.ts'
import { eventually, run } from '../shared/testing/running.ts'
import { makePlannerMemory, type Plan } from './memory.ts'
import { audit } from './planning-and-auditing.ts'

const todo_id = '9b2d7c1e-4f6a-4b8c-8d0e-1f2a3b4c5d6e'
const claim_id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const params = { todo_id }
const approved = { approved: true, reason: 'Good.' }

type Audit = Client<typeof container>['audit']

/** A planner that has claimed an audit of a todo, whose container judges in this way; `hurry` lets seconds go by. */
async function auditing(judging: (api: Audit, hurry: (seconds: number) => void) => Audit) {
  let ahead = 0
  let renewals = 0
  const now = (): number => Date.now() + ahead
  const atCoordinator = run(coordinator, coordinatorBy(now), { environment: { LEASE_SECONDS: '30' } })
  const atContainer = run(container, containerMock)
  await atCoordinator.given(coordinator.states.auditClaimed({ todo_id, claim_id, by: 'node-planner' }))
  const signed = atCoordinator.api({ kind: 'signed', secret: developmentKeys.planner.privateKey })
  const api = await atContainer.as('node')
  const hurry = (seconds: number): void => void (ahead += seconds * 1000)
  const node: ActiveNode<Plan> = {
    memory: makePlannerMemory({ POLL_SECONDS: '0.001' }, now),
    coordinator: {
      ...signed,
      async reportStatus(...call) {
        const reply = await signed.reportStatus(...call)
        renewals += 1
        return reply
      },
    },
    container: { ...api, audit: judging(api.audit, hurry) },
    signal: new AbortController().signal,
  }
  const report = { params, body: { claim_id, status: 'in_progress', progress: 0 } } as const
  const claim = (await signed.reportStatus(report)).body.data
  return {
    run: () => audit(node, claim),
    renewals: () => Promise.resolve(renewals),
    verdictAgain: async () => (await signed.putAudit({ params, body: { claim_id, ...approved } })).body.data.status,
    giveBack: () => signed.reportStatus({ params, body: { claim_id, status: 'failed', progress: 0 } }),
    async [Symbol.asyncDispose]() {
      await atCoordinator[Symbol.asyncDispose]()
      await atContainer[Symbol.asyncDispose]()
    },
  }
}

const answer = { status: 200, body: { data: approved }, headers: {} } as const
const noAnswer = new ConnectionError({ operation: 'audit', url: 'http://container.test', requestId: 'id-1' }, 'no')

test('the verdict of the container goes to the coordinator', async () => {
  await using planner = await auditing(() => () => Promise.resolve(answer))
  await planner.run()
  expect(await planner.verdictAgain()).toBe('done')
})

test('the lease is renewed as long as the container judges', async () => {
  let renewals = 0
  await using planner = await auditing((_api, hurry) => async () => {
    hurry(25)
    await eventually(planner.renewals, (count) => count === 1)
    hurry(25)
    renewals = await planner.renewals()
    return answer
  })
  await planner.run()
  expect([renewals, await planner.verdictAgain()]).toEqual([1, 'done'])
})

test('judging is broken off where the lease is lost', async () => {
  let why: unknown
  await using planner = await auditing((_api, hurry) => async (_input, { signal } = {}) => {
    hurry(25)
    await new Promise((resolve) => signal?.addEventListener('abort', resolve))
    why = 'broken off'
    throw noAnswer
  })
  await planner.giveBack()
  await planner.run()
  expect(why).toBe('broken off')
})

test('the container is asked again where it does not answer', async () => {
  let questions = 0
  await using planner = await auditing(() => () => {
    questions += 1
    return questions < 3 ? Promise.reject(noAnswer) : Promise.resolve(answer)
  })
  await planner.run()
  expect([questions, await planner.verdictAgain()]).toEqual([3, 'done'])
})

test('without an answer the lease runs out', async () => {
  await using planner = await auditing((_api, hurry) => () => Promise.reject(noAnswer).finally(() => hurry(16)))
  await planner.run()
  await expect(planner.verdictAgain()).rejects.toMatchObject({ status: 409, problem: { code: 'lease_lost' } })
})
