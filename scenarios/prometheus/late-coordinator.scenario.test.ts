import { worker } from '#contracts/prometheus/node.ts'
import { client } from '#harness/client/client.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import { stories } from '#harness/scenario/stories.ts'
import { completed, newJob } from './jobs.ts'
import { ownerAt } from './owner.ts'
import { withSettings } from './settings.ts'
import { calls } from './traffic.ts'
import { until } from './until.ts'

const others = ['container', 'node-planner', 'node-worker']

await stories(
  'prometheus',
  ['mock', 'live'],
  {
    async 'nodes and a container that start before the coordinator wait for it, and the job gets done'(stack) {
      await Promise.all(['coordinator', ...others].map((name) => stack.component(name).stop()))
      await Promise.all(others.map((name) => stack.component(name).start()))
      for (const node of ['node-planner', 'node-worker'])
        await until(`the ${node} has asked in vain`, () =>
          stack.traffic(node, 'coordinator').find(({ outcome }) => outcome === 'unreachable'),
        )
      expect(await seenByWorker(stack)).toBe('unreached')

      await stack.component('coordinator').start()
      const owner = ownerAt(stack)
      const { jobId } = await owner.createJob(newJob('Write a README'))
      await completed(owner, jobId)
      expect(await seenByWorker(stack)).toBe('reached')
    },

    async 'a database that goes away and comes back holds a job up, and nothing more'(stack) {
      const owner = ownerAt(stack)
      const { jobId } = await owner.createJob(newJob('Write a README', 'Write a guide'))
      await stack.setUp('coordinator', 'storeDown', { store: 'database' })
      expect(await owner.health()).toBe('unhealthy')
      await until('the worker has seen it', () =>
        calls(stack, 'node-worker', 'coordinator', 'GET', /^\/health$/).find(({ status }) => status === 503),
      )
      await stack.setUp('coordinator', 'allHealthy', {})
      expect(await owner.health()).toBe('healthy')
      await completed(owner, jobId)
    },
  },
  { environment: withSettings({ POLL_SECONDS: '0.05', LEASE_SECONDS: '3' }) },
)

async function seenByWorker(stack: Stack): Promise<'reached' | 'unreached'> {
  const { body } = await client(worker, { baseUrl: stack.url('container', 'node-worker') }).health()
  return body.coordinator
}
