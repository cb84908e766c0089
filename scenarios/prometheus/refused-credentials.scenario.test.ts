import { containerName } from '#contracts/prometheus/container.ts'
import { coordinatorName } from '#contracts/prometheus/coordinator.ts'
import { plannerName, workerName } from '#contracts/prometheus/node.ts'
import { stories } from '#harness/scenario/stories.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import { send, signed, type Sent } from './credentials/requests.ts'
import { goodRequest, refusedSignatures } from './credentials/signatures.ts'
import { goodToken, refusedTokens, type Door } from './credentials/tokens.ts'
import { newNodes, onlyKnowing } from './nodes.ts'
import { withSettings } from './settings.ts'

const [alice, bob] = newNodes('alice', 'bob')
const taskId = crypto.randomUUID()
const task = { task_id: taskId }

type TokenDoor = Door & Readonly<{ at: readonly [consumer: string, provider: string]; sent: Sent }>

const get = (path: string): Sent => ({ method: 'GET', path })
const doors: readonly TokenDoor[] = [
  { at: ['owner', 'coordinator'], audience: coordinatorName, role: 'owner', sent: get('/api/swarm/jobs') },
  { at: ['node-worker', 'container'], audience: containerName, role: 'node', sent: get('/api/models') },
  { at: ['container', 'node-worker'], audience: workerName, role: 'container', sent: get(`/api/tasks/${taskId}`) },
  { at: ['container', 'node-planner'], audience: plannerName, role: 'container', sent: get(`/api/tasks/${taskId}`) },
]

await stories(
  'prometheus',
  ['mock', 'live'],
  {
    async 'the coordinator refuses signed requests that are not as their node has signed them, and each says why'(
      stack,
    ) {
      const url = coordinatorUrl(stack)
      const answers = []
      const cases = refusedSignatures(alice, bob)
      for (const { what, sent } of cases) {
        answers.push([what, await send(url, sent)])
        expect(await send(url, goodRequest(alice))).toEqual([204])
      }
      expect(answers).toEqual(cases.map(({ what, answer }) => [what, answer]))
    },

    async 'a signed request counts once, however many come at the same time'(stack) {
      const url = coordinatorUrl(stack)
      const request = goodRequest(alice)
      const answers = await Promise.all(Array.from({ length: 8 }, () => send(url, request)))
      const [first, ...others] = answers.toSorted(([one], [other]) => one - other)
      expect(first).toEqual([204])
      expect(others).toEqual(others.map(() => [401, 'signature_replayed']))
      expect(await send(url, request)).toEqual([401, 'signature_replayed'])
      expect(await send(url, goodRequest(alice))).toEqual([204])
    },

    async 'a claim is worth nothing to another node'(stack) {
      const url = coordinatorUrl(stack)
      const claim = { todo_id: crypto.randomUUID(), claim_id: crypto.randomUUID() }
      await stack.setUp('coordinator', 'todoClaimed', { ...claim, kind: 'work', title: 'Write a README', by: 'alice' })
      const stillWorking: Sent = {
        method: 'PUT',
        path: `/api/todos/${claim.todo_id}/status`,
        body: JSON.stringify({ claim_id: claim.claim_id, status: 'in_progress', progress: 0.5 }),
      }
      expect(await send(url, signed(bob, stillWorking))).toEqual([409, 'lease_lost'])
      expect(await send(url, signed(alice, stillWorking))).toEqual([200])
    },

    async 'every component refuses tokens that are not good there, and each says why'(stack) {
      for (const node of ['node-worker', 'node-planner']) await stack.setUp(node, 'taskAwaited', task)
      for (const { at, sent, ...door } of doors) {
        const url = stack.url(...at)
        const cases = await refusedTokens(door)
        const answers = []
        for (const { what, authorization } of cases) {
          answers.push([what, await send(url, { ...sent, authorization })])
          expect(await send(url, { ...sent, authorization: await goodToken(door) })).toEqual([200])
        }
        expect([at, answers]).toEqual([at, cases.map(({ what, answer }) => [what, answer])])
      }
    },
  },
  { environment: withSettings(onlyKnowing([alice, bob])) },
)

function coordinatorUrl(stack: Stack): string {
  return stack.url('node-worker', 'coordinator')
}
