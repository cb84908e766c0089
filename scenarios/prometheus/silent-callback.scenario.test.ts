import type { OwnerApi } from '#consumers/prometheus/owner/api.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import { stories } from '#harness/scenario/stories.ts'
import { completed, newJob } from './jobs.ts'
import { ownerAt } from './owner.ts'
import { withSettings } from './settings.ts'
import { calls, type Call } from './traffic.ts'
import { until } from './until.ts'

await stories(
  'prometheus',
  ['mock', 'live'],
  {
    async 'a worker that never answers its container fetches the pull request itself, and the job gets done'(stack) {
      stack.fault('container', 'node-worker', { request: () => 'hang' })
      const owner = ownerAt(stack)
      const { jobId } = await owner.createJob(newJob('Write a README'))
      await completedAtFirstAttempt(owner, jobId)
      const statuses = new Set(callbacks(stack, 'node-worker').map(({ status }) => status))
      expect([...statuses]).toEqual([undefined])
      expect(calls(stack, 'node-worker', 'container', 'GET', /^\/api\/tasks\/([^/]+)\/submission$/)).toMatchObject([
        { status: 200 },
      ])
      expect((await owner.result(jobId))?.results).toMatchObject([{ output: 'Done: Write a README' }])
    },

    async 'a planner that does not answer for a while gets the plan again'(stack) {
      stack.fault('container', 'node-planner', { request: () => 'hang' })
      const owner = ownerAt(stack)
      const { jobId } = await owner.createJob(newJob('Write a README'))
      await until('a report was left without an answer', () => callbacks(stack, 'node-planner')[0])
      stack.fault('container', 'node-planner', {})
      await completedAtFirstAttempt(owner, jobId)
      expect(callbacks(stack, 'node-planner').at(-1)).toMatchObject({ status: 204 })
    },

    async 'a report whose answer is lost comes again, and changes nothing'(stack) {
      for (const node of ['node-planner', 'node-worker']) {
        let answers = 0
        stack.fault('container', node, {
          reply: (reply, { method }) => (method === 'PUT' && ++answers <= 2 ? 'hang' : reply),
        })
      }
      const owner = ownerAt(stack)
      const { jobId } = await owner.createJob(newJob('Write a README'))
      await completedAtFirstAttempt(owner, jobId)
      for (const node of ['node-planner', 'node-worker'])
        await until(`the report to the ${node} was answered`, () =>
          callbacks(stack, node).find(({ status }) => status === 204),
        )
      expect(submissions(stack)).toMatchObject([{ status: 200 }])
      expect(await owner.todos(jobId)).toMatchObject({ totalItems: 2 })
    },
  },
  { environment: withSettings({ POLL_SECONDS: '0.05', LEASE_SECONDS: '3', CALLBACK_SECONDS: '0.25' }) },
)

async function completedAtFirstAttempt(owner: OwnerApi, jobId: string): Promise<void> {
  await completed(owner, jobId)
  expect((await owner.todos(jobId))?.todos).toMatchObject([{ attempts: 1 }, { attempts: 1 }])
}

/** What the container has reported to a node. */
function callbacks(stack: Stack, node: string): readonly Call[] {
  return calls(stack, 'container', node, 'PUT', /^\/api\/tasks\/([^/]+)\/(?:plan|pull-request)$/)
}

function submissions(stack: Stack): readonly Call[] {
  return calls(stack, 'node-worker', 'coordinator', 'PUT', /^\/api\/todos\/([^/]+)\/submission$/)
}
